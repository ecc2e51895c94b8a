"""Whether PostgreSQL's disk is full, which shows only when something is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from jobfair.extensions import PerApp

SQLSTATE = "53100"
"""PostgreSQL's own code: disk_full."""


@dataclass(slots=True)
class _LastWrite:
    found_no_room: bool = False


_last_write = PerApp(_LastWrite)


def was_found() -> bool:
    """Whether the last write of this process, done or refused for lack of room, found no room."""
    return _last_write.get().found_no_room


@contextmanager
def watched() -> Iterator[None]:
    """A context for a write, which notes whether there was room for it."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == SQLSTATE:
            _last_write.get().found_no_room = True
        raise
    _last_write.get().found_no_room = False
