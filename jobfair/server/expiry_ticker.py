"""Once a second, each process ends the calls and holds that are due, and keeps the fair's hours.

Pages and streams only read. The first process does what is due under the fair's lock; the others
then find nothing due.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from flask import Flask

from jobfair import background, clock
from jobfair.services.fair import fair
from jobfair.services.queues import expiry

EVERY_SECONDS = 1.0
LONGEST_GAP = timedelta(seconds=10)
"""After a longer pause students may not have seen their calls: all calls count from then on."""

LARGEST_DRIFT = timedelta(seconds=2)
"""How far the wall clock may move against the monotonic one between two ticks."""


class Watch:
    """The time since which this process has seen the clock run evenly.

    Entries have times of the wall clock, which may jump, and the server may be down for a night.
    Nobody is set aside for such a time: after a start, a pause or a jump every call counts again
    from that moment.
    """

    def __init__(self) -> None:
        self._seen: tuple[datetime, float] | None = None
        self._since: datetime | None = None

    def look(self, wall: datetime, steady: float) -> datetime:
        """Take note of both clocks; returns the time since which they have run evenly.

        `steady` is a clock in seconds that is never put right.
        """
        if self._since is None or not self._goes_on(wall, steady):
            self._since = wall
        self._seen = (wall, steady)
        return self._since

    def _goes_on(self, wall: datetime, steady: float) -> bool:
        assert self._seen is not None
        wall_before, steady_before = self._seen
        passed = timedelta(seconds=steady - steady_before)
        drift = abs(wall - wall_before - passed)
        return passed <= LONGEST_GAP and drift <= LARGEST_DRIFT


def start(app: Flask) -> None:
    """End what is due at the app's fair, for as long as this process lives."""
    background.start(app, "expiry ticker", partial(tick, Watch()), EVERY_SECONDS)


def tick(watch: Watch) -> None:
    """Do what is due now."""
    length = expiry.call_length()
    now = clock.now()
    since = watch.look(now, monotonic())
    fair.keep_hours(now)
    while expiry.pass_time(now, since, length):
        # Others may have the lock in between.
        background.let_others_run()
