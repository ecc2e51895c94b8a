"""Files with people's data: written completely or not at all, readable by their owner only.

Our own, as the standard library has no atomic write.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from jobfair.wording import local_time

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

    Raises OSError. After any exception `path` is unchanged.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
