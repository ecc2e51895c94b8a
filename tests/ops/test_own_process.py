"""A command in a process of its own: it gives way, is heard in the log and ends with its parent."""

import logging
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from jobfair.ops import own_process
from tests.support.waiting import wait_until

APP = "tests.ops.an_app"
STARTS_ONE = f"""
import signal, sys
from jobfair.ops import own_process
own_process.APP = "{APP}"
own_process.start("last", sys.argv[1])
signal.pause()
"""


@pytest.fixture
def said(monkeypatch, caplog):
    monkeypatch.setattr(own_process, "APP", APP)
    caplog.set_level(logging.INFO, logger=own_process.__name__)
    return lambda: caplog.messages


def test_its_output_and_its_end_are_in_the_log(said):
    own_process.start("priority")
    wait_until(lambda: "fair priority: ended with 0" in said(), "it ended")
    assert "fair priority: priority 19" in said()


def test_a_failure_is_a_warning(said, caplog):
    own_process.start("fail")
    wait_until(lambda: "fair fail: ended with 3" in said(), "it ended")
    assert caplog.records[-1].levelno == logging.WARNING


def test_nothing_of_it_stays_behind(said):
    """Not even what the system keeps of a process that nobody asks about."""
    process = own_process.start("priority")
    wait_until(lambda: "fair priority: ended with 0" in said(), "it ended")
    assert not Path(f"/proc/{process.pid}").exists()


def test_what_it_prints_for_its_caller_is_not_in_the_log(said):
    heard = []
    own_process.start("priority", hear=lambda line: not heard.append(line))
    wait_until(lambda: "fair priority: ended with 0" in said(), "it ended")
    assert heard == ["priority 19"]
    assert "fair priority: priority 19" not in said()


def test_it_is_stopped(said, tmp_path):
    path = tmp_path / "pid"
    process = own_process.start("last", str(path))
    wait_until(lambda: path.exists() and path.read_text(), "it runs")
    assert process.runs
    process.stop()
    wait_until(lambda: not process.runs, "it ended")


def test_it_ends_with_the_process_that_started_it_however_that_ends(tmp_path):
    path = tmp_path / "pid"
    with _parent(path) as parent:
        wait_until(lambda: path.exists() and path.read_text(), "it runs")
        process = Path(f"/proc/{path.read_text()}")
        assert process.exists()
        parent.kill()
        parent.wait()
        wait_until(lambda: not _runs(process), "it ended")


@contextmanager
def _parent(path):
    command = [sys.executable, "-c", STARTS_ONE, str(path)]
    with subprocess.Popen(command, cwd=own_process.FOLDER) as parent:
        try:
            yield parent
        finally:
            parent.kill()


def _runs(process):
    """Whether it does, and is not just remembered by a system whose first process forgot it."""
    try:
        return ") Z " not in (process / "stat").read_text()
    except FileNotFoundError:
        return False
