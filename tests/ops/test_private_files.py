"""A file of people's data or with a secret is there whole, for its owner alone, or not at all."""

import errno
import os
import signal
import stat
import subprocess
import sys
from itertools import count
from threading import Thread

import pytest

from jobfair.ops.private_files import kept, written

KILLED = """
import os, signal, sys
from pathlib import Path
from jobfair.ops.private_files import written
with written(Path(sys.argv[1])) as file:
    file.write(b"Alice")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def nothing_nameless(monkeypatch):
    """As on a filesystem that knows no nameless files."""
    opened = os.open

    def refusing(path, flags, *mode):
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, "not supported")
        return opened(path, flags, *mode)

    monkeypatch.setattr(os, "open", refusing)


def test_a_writer_that_is_killed_leaves_nothing_behind(tmp_path):
    path = tmp_path / "fair.jsonl.gz"
    ended = subprocess.run([sys.executable, "-c", KILLED, path], check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def check_writing(path):
    for text in (b"one", b"two"):
        with written(path) as file:
            file.write(text)
        assert path.read_bytes() == text
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(TypeError), written(path) as file:
        file.write("no bytes")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_is_replaced_whole_or_not(tmp_path):
    check_writing(tmp_path / "fair")


def test_it_is_so_where_no_file_is_nameless(tmp_path, nothing_nameless):
    check_writing(tmp_path / "fair")


@pytest.mark.parametrize("left", [None, "", "\n"], ids=["missing", "empty", "blank"])
def test_a_secret_is_made_once_for_all_who_start_together(tmp_path, left):
    path, numbers, got = tmp_path / "secret", count(), []
    if left is not None:
        path.write_text(left)

    def start():
        got.append(kept(path, lambda: f"secret {next(numbers)}"))

    threads = [Thread(target=start) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert set(got) == {path.read_text()} == {"secret 0"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
