"""The fair's time passes: once a second, each process does what has fallen due.

It calls a service, which pages and streams may not: they only show what is. The process that comes
first does what is due, and the fair's lock lets the others find it done.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from time import monotonic, sleep

from flask import Flask

from jobfair import background, clock
from jobfair.services import expiry

EVERY_SECONDS = 1.0
LONGEST_GAP = timedelta(seconds=10)
"""After a longer pause nobody can be sure that students saw their calls: all count anew."""

LARGEST_DRIFT = timedelta(seconds=2)
"""How far the wall clock may move against the steady one between two looks."""


class Watch:
    """Since when this process has seen the clock run evenly, and calls last the same.

    The entries have times of the wall clock. It may be put right by an hour, and the fair's server
    may stand still for a night. Nobody is set aside for time that no process has watched: after a
    start, a pause or a jump of the clock every call counts from then on.
    """

    def __init__(self) -> None:
        self._seen: tuple[datetime, float, timedelta | None] | None = None
        self._since: datetime | None = None

    def look(self, wall: datetime, steady: float, length: timedelta | None) -> datetime:
        """Take note of both clocks and of how long a call lasts.

        `steady` is a clock in seconds that is never put right. Returns since when the clock has
        run evenly and calls have lasted the same.
        """
        if self._since is None or not self._goes_on(wall, steady, length):
            self._since = wall
        self._seen = (wall, steady, length)
        return self._since

    def _goes_on(self, wall: datetime, steady: float, length: timedelta | None) -> bool:
        assert self._seen is not None
        wall_before, steady_before, length_before = self._seen
        passed = timedelta(seconds=steady - steady_before)
        drift = abs(wall - wall_before - passed)
        return passed <= LONGEST_GAP and drift <= LARGEST_DRIFT and length == length_before


def start(app: Flask) -> None:
    """Let time pass at the app's fair for as long as this process lives."""
    background.start(app, "expiry ticker", partial(tick, Watch()), EVERY_SECONDS)


def tick(watch: Watch) -> None:
    """Do what is due now."""
    length = expiry.call_length()
    now = clock.now()
    since = watch.look(now, monotonic(), length)
    while expiry.pass_time(now, since, length):
        # Others may have the lock in between.
        sleep(0)
