"""What is counted from the journal: each row once in a process, however often it is asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock
from typing import Any


class Projection(ABC):
    """Counts that go on from the row where they stopped.

    The journal may have been rewritten since: a fair was restored or purged, or a database took
    over that had lost its last rows. So the row counted last is read again, before those that are
    new. If it is not there as it was, everything is counted anew.
    """

    def __init__(self) -> None:
        self._last: tuple[int, datetime] | None = None
        self.lock = Lock()
        self.begin()

    @abstractmethod
    def begin(self) -> None:
        """Be as before the first row."""

    @abstractmethod
    def count(self, row: Any) -> None:
        """Let one row count; rows come in the journal's order."""

    def catch_up(self, rows_from: Callable[[int], Iterable[Any]]) -> None:
        """Count what is new; the caller holds the `lock`, and goes on holding it to look.

        Takes what reads the rows that count from a journal number on, that one included. Each
        begins with its number and its time.
        """
        for row in self._new(rows_from):
            self.count(row)
            self._last = row[0], row[1]

    def _new(self, rows_from: Callable[[int], Iterable[Any]]) -> Iterable[Any]:
        if self._last is None:
            return rows_from(0)
        rows = iter(rows_from(self._last[0]))
        counted_last = next(rows, None)
        if counted_last is not None and (counted_last[0], counted_last[1]) == self._last:
            return rows
        self._last = None
        self.begin()
        return rows_from(0)
