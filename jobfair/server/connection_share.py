"""Shares connections evenly between workers, by a count of each worker that all can read.

All workers wait on one listening socket, and the kernel wakes the same one first: it got all of
eight keep-alive connections, while another worker was idle. So a worker that has more connections
than others lets them accept first.

The counts are in memory that the master shares with its workers. Each worker writes only its own,
so no lock is needed. Import nothing here that opens sockets: the master loads this before gevent
has patched anything.
"""

from __future__ import annotations

import mmap
import time

MOST_WORKERS = 256
_FREE = -1
_ACCEPTS_NOTHING = -2
_WIDTH = 4

PATIENCE_SECONDS = 0.01
"""How long a connection may wait for a worker with fewer connections, which may be busy or
stopping. A page takes some 5 ms."""

STREAMS_SHARE = 0.9
"""The share of a worker's connections that streams may take. Pages need few at a time and give them
back: a tenth of a thousand is more than a worker answers at once."""

TOLERATED = 8
"""A worker with an eighth more connections than another does not wait."""


def most_streams(connections: int, files: int) -> int:
    """How many streams a worker may hold so that pages are still answered.

    It serves `connections` at a time, and may have `files` open.
    """
    return int(STREAMS_SHARE * min(connections, files))


class ConnectionCounts:
    """One count for each worker, in memory that survives a fork; below 0 there is none."""

    def __init__(self) -> None:
        self._counts = memoryview(mmap.mmap(-1, MOST_WORKERS * _WIDTH)).cast("i")
        for place in range(MOST_WORKERS):
            self._counts[place] = _FREE

    def add_worker(self) -> int | None:
        """Returns the place of a worker that is about to start; None where all are taken."""
        for place, count in enumerate(self._counts):
            if count == _FREE:
                self._counts[place] = _ACCEPTS_NOTHING
                return place
        return None

    def remove_worker(self, place: int | None) -> None:
        """Forget a worker that has ended."""
        if place is not None:
            self._counts[place] = _FREE

    def of_all(self) -> list[int]:
        """The counts of all workers that accept connections."""
        return [count for count in self._counts if count >= 0]

    def set(self, place: int, count: int) -> None:
        """Say what one worker holds."""
        self._counts[place] = count

    def leave(self, place: int) -> None:
        """Say that one worker accepts no more. Its place is taken until it has ended."""
        self._counts[place] = _ACCEPTS_NOTHING


class ConnectionShare:
    """The connections of one worker, compared with those of all in `counts`."""

    def __init__(self, counts: ConnectionCounts) -> None:
        self._counts = counts
        self._place: int | None = None
        self._held = 0
        self._waiting_since: float | None = None

    def join(self, place: int | None) -> None:
        """Begin to tell the others this worker's count, at its place among the counts."""
        self._place = place
        self._hold(self._held)

    def may_accept(self) -> bool:
        """Whether this worker may accept a connection now.

        It may if no worker has clearly fewer, or if those with fewer have not accepted it in time.
        """
        now = time.monotonic()
        if self._held - self._held // TOLERATED <= min(self._counts.of_all(), default=0):
            self._waiting_since = None
            return True
        if self._waiting_since is None:
            self._waiting_since = now
        return now - self._waiting_since >= PATIENCE_SECONDS

    def opened(self) -> None:
        """A connection was accepted."""
        self._waiting_since = None
        self._hold(self._held + 1)

    def closed(self) -> None:
        """A connection has ended."""
        self._hold(self._held - 1)

    def leave(self) -> None:
        """This worker accepts no more: nobody is to wait for it."""
        if self._place is not None:
            self._counts.leave(self._place)
        self._place = None

    def _hold(self, count: int) -> None:
        self._held = count
        if self._place is not None:
            self._counts.set(self._place, count)


counts = ConnectionCounts()
"""Made in the master, before any worker starts; a reload of the settings keeps it."""
