"""Values computed from the journal: each process reads each row once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock
from typing import Any


class Projection(ABC):
    """Counts that continue after the row counted last.

    The journal may have been rewritten since, by a restore, a purge or a database failover. So the
    last row is read again with the new ones. If it has changed, everything is counted again.
    """

    def __init__(self) -> None:
        self._last: tuple[int, datetime] | None = None
        self.lock = Lock()
        self.begin()

    @abstractmethod
    def begin(self) -> None:
        """Reset to the state before the first row."""

    @abstractmethod
    def count(self, row: Any) -> None:
        """Count one row; rows come in the journal's order."""

    def catch_up(self, rows_from: Callable[[int], Iterable[Any]]) -> None:
        """Count the new rows. The caller holds `lock`, also while it reads the counts.

        `rows_from` reads the rows from a journal number on, that one included. Each row begins with
        its number and its time.
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
