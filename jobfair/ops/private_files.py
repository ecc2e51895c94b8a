"""Files that hold people's data: written whole or not at all, and for their owner alone.

Ours: a few lines over the standard library, which has no atomic write of its own.
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
    """The folder, made with its parents unless it is there. Raises OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def stamp(moment: datetime) -> str:
    """A time, in the fair's zone, as a file's name may hold it; `STAMP` finds such names."""
    return local_time.written(moment).replace(" ", "-").replace(":", "")


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of `path` once the block has ended well.

    Its mode is 0600. Raises OSError; then, and when the block raises, `path` is as it was.
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
