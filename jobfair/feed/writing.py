"""The loop that writes all streams: first students the row is about, then stands, then others."""

from __future__ import annotations

import heapq
import logging
import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from threading import Event
from types import SimpleNamespace

from jobfair.catalogue.records import JournalRecord
from jobfair.feed.subscriptions import Subscription

SLICE_SECONDS = 0.004
PAUSE_SECONDS = 0.0005
"""All other students, the crowd, are written in slices. Between two slices requests are served."""

CROWD_PATIENCE_SECONDS = 0.02
"""The crowd waits so long, as rows that follow at once are then written together."""

PRECEDENCE_SECONDS = 0.3
"""Then it waits while any action is carried out, but never longer than this."""

LONGEST_WAIT_SECONDS = 1.0

log = logging.getLogger(__name__)

_actions = SimpleNamespace(now=0)


@contextmanager
def acting() -> Iterator[None]:
    """A block in which an action is carried out: the crowd waits for its end."""
    _actions.now += 1
    try:
        yield
    finally:
        _actions.now -= 1


class WritingLoop:
    """The subscriptions of one process that have something to write, or will have at a time."""

    def __init__(self) -> None:
        self._urgent: dict[Subscription, bool] = {}
        self._crowd: dict[Subscription, None] = {}
        self._crowd_since = 0.0
        self._due: list[tuple[float, int, Subscription]] = []
        self._due_at: dict[Subscription, float] = {}
        self._numbers = count()
        self._something = Event()

    def add(self, row: JournalRecord, concerned: Mapping[Subscription, bool]) -> None:
        """Let the subscriptions be written to which a row was delivered.

        `concerned` says for each whether the row is about its own student.
        """
        for subscription, is_own in concerned.items():
            if subscription.viewer.sees_at_once(row):
                self._urgent[subscription] = is_own or self._urgent.get(subscription, False)
            elif subscription not in self._urgent:
                if not self._crowd:
                    self._crowd_since = time.monotonic()
                self._crowd[subscription] = None

    def add_at_once(self, subscription: Subscription) -> None:
        """Let a subscription be written even if nothing was delivered, as when it opens or ends."""
        self._urgent[subscription] = True
        self.wake()

    def forget(self, subscription: Subscription) -> None:
        """Write it no more."""
        self._urgent.pop(subscription, None)
        self._crowd.pop(subscription, None)
        self._due_at.pop(subscription, None)

    def wake(self) -> None:
        """Write what was added."""
        self._something.set()

    def wait(self) -> None:
        """Return when there is something to write."""
        self._something.wait(self._seconds_to_wait(time.monotonic()))

    def round(self) -> None:
        """Write all urgent subscriptions, then a slice of the crowd and of those that are due.

        Students whom a row is about come first, as it may call them. Stands follow: their page
        takes longer to render.
        """
        self._something.clear()
        while self._urgent:
            own = next((each for each, is_own in self._urgent.items() if is_own), None)
            subscription = next(iter(self._urgent)) if own is None else own
            del self._urgent[subscription]
            self._crowd.pop(subscription, None)
            self._write(subscription)
        until = time.monotonic() + SLICE_SECONDS
        while self._crowd and self._crowd_may_be_written() and time.monotonic() < until:
            subscription = next(iter(self._crowd))
            del self._crowd[subscription]
            self._write(subscription)
        while self._due and self._due[0][0] <= time.monotonic() < until:
            at, _, subscription = heapq.heappop(self._due)
            if self._due_at.get(subscription) == at:
                self._write(subscription)

    def _seconds_to_wait(self, now: float) -> float:
        if self._crowd and self._crowd_may_be_written():
            return PAUSE_SECONDS
        due = self._due[0][0] - now if self._due else LONGEST_WAIT_SECONDS
        longest = CROWD_PATIENCE_SECONDS / 10 if self._crowd else LONGEST_WAIT_SECONDS
        return max(PAUSE_SECONDS, min(due, longest))

    def _crowd_may_be_written(self) -> bool:
        waited = time.monotonic() - self._crowd_since
        if waited < CROWD_PATIENCE_SECONDS:
            return False
        return not _actions.now or waited > CROWD_PATIENCE_SECONDS + PRECEDENCE_SECONDS

    def _write(self, subscription: Subscription) -> None:
        try:
            at = subscription.write(time.monotonic())
        except Exception:
            # Its client reconnects and gets the whole page; the others are not affected.
            log.exception("a stream could not be written")
            subscription.end()
            return
        if at < math.inf:
            self._due_at[subscription] = at
            heapq.heappush(self._due, (at, next(self._numbers), subscription))
