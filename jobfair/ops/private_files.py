"""Files with people's data or a secret: written whole or not at all, for their owner alone.

Our own, as the standard library has no atomic write.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from jobfair.wording.times import local_time

STAMP = "????-??-??-??????"


def folder(path: Path) -> Path:
    """Make the folder and its parents if they are missing. Returns the path. Raises OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def stamp(moment: datetime) -> str:
    """A time in the fair's time zone, for a file name; the pattern `STAMP` matches it."""
    return local_time.written(moment).replace(" ", "-").replace(":", "")


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file to write, with mode 0600, which replaces `path` at the end of the block.

    Raises OSError. After any exception `path` is unchanged. Until it is whole the file has no name,
    so that nothing stays behind of a process that is killed; but for filesystems such as NFS, which
    know no nameless files.
    """
    handle, name = _opened(path)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if not name.exists():
                _give_name(file.fileno(), name)
        name.replace(path)
    except BaseException:
        name.unlink(missing_ok=True)
        raise


def kept(path: Path, make: Callable[[], str]) -> str:
    """A secret that is made and stored the first time. Raises OSError.

    If several processes start together, the first one makes it for all. An empty file, as a full
    disk leaves one, holds no secret.
    """
    if not _read(path):
        with _alone_in(folder(path.parent)):
            if not _read(path):
                with written(path) as file:
                    file.write(make().encode())
    return _read(path)


def _read(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _opened(path: Path) -> tuple[int, Path]:
    """A nameless file to write, and the name beside the path that it is to have once it is whole.

    Where the filesystem knows no nameless files it has that name from the beginning.
    """
    name = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        return os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, 0o600), name
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL):
            raise
    return os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), name


def _give_name(handle: int, name: Path) -> None:
    # Python follows the link to the open file only if it is given a folder, which goes unused.
    os.link(f"/proc/self/fd/{handle}", name, src_dir_fd=handle)
