"""The loop that writes all streams: first students the row is about, then stands, then others."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Mapping
from threading import Event

from jobfair.catalogue.records import JournalRecord
from jobfair.db import transactions
from jobfair.feed.alarms import Alarms
from jobfair.feed.subscriptions import Subscription

SLICE_SECONDS = 0.006
PAUSE_SECONDS = 0.0005
"""All other students, the crowd, are written in slices. Between two slices requests are served."""

CROWD_PATIENCE_SECONDS = 0.02
"""The crowd waits this long, so that rows that follow at once are written together."""

PRECEDENCE_SECONDS = 0.3
"""Then it waits while this process writes to the database, but never longer than this."""

LONGEST_WAIT_SECONDS = 1.0

Queue = OrderedDict[Subscription, None]

log = logging.getLogger(__name__)


class WritingLoop:
    """The subscriptions of one process to which something is to be written, now or at a set
    time."""

    def __init__(self) -> None:
        # Not plain dicts: if a dict is emptied from its start, finding its first key takes longer
        # each time.
        self._own: Queue = OrderedDict()
        self._at_once: Queue = OrderedDict()
        self._crowd: Queue = OrderedDict()
        self._crowd_since = 0.0
        self._alarms = Alarms()
        self._something = Event()

    def add(self, row: JournalRecord, concerned: Mapping[Subscription, bool]) -> None:
        """Let the subscriptions be written to which a row was delivered.

        `concerned` says for each whether the row is about its own student.
        """
        for subscription, is_own in concerned.items():
            if not subscription.viewer.sees_at_once(row):
                if not self._crowd:
                    self._crowd_since = time.monotonic()
                self._crowd[subscription] = None
            elif is_own:
                self._own[subscription] = None
            else:
                self._at_once[subscription] = None

    def add_at_once(self, subscription: Subscription) -> None:
        """Let a subscription be written even if nothing was delivered, as when it opens or ends."""
        self._own[subscription] = None
        self.wake()

    def forget(self, subscription: Subscription) -> None:
        """Write it no more."""
        for waiting in (self._own, self._at_once, self._crowd):
            waiting.pop(subscription, None)
        self._alarms.forget(subscription)

    def wake(self) -> None:
        """Write what was added."""
        self._something.set()

    def wait(self) -> None:
        """Return when there is something to write."""
        self._something.wait(self._seconds_to_wait(time.monotonic()))

    def round(self) -> None:
        """Write all urgent subscriptions, then a slice of the crowd and of those that are due.

        Students whom a row is about come first, because it may call them. Stands follow: their page
        takes longer to render.
        """
        self._something.clear()
        while urgent := self._own or self._at_once:
            subscription, _ = urgent.popitem(last=False)
            self._at_once.pop(subscription, None)
            self._crowd.pop(subscription, None)
            self._write(subscription)
        until = time.monotonic() + SLICE_SECONDS
        while self._crowd and self._crowd_may_be_written() and time.monotonic() < until:
            self._write(self._crowd.popitem(last=False)[0])
        while time.monotonic() < until and (due := self._alarms.ringing(time.monotonic())):
            self._write(due)

    def _seconds_to_wait(self, now: float) -> float:
        if self._crowd and self._crowd_may_be_written():
            return PAUSE_SECONDS
        longest = CROWD_PATIENCE_SECONDS / 10 if self._crowd else LONGEST_WAIT_SECONDS
        return max(PAUSE_SECONDS, min(self._alarms.next - now, longest))

    def _crowd_may_be_written(self) -> bool:
        waited = time.monotonic() - self._crowd_since
        if waited < CROWD_PATIENCE_SECONDS:
            return False
        waited_long = waited > CROWD_PATIENCE_SECONDS + PRECEDENCE_SECONDS
        return waited_long or not transactions.is_writing()

    def _write(self, subscription: Subscription) -> None:
        try:
            at = subscription.write(time.monotonic())
        except Exception:
            # Its client reconnects and gets the whole page; the others are not affected.
            log.exception("a stream could not be written")
            subscription.end()
            return
        self._alarms.set(subscription, at)
