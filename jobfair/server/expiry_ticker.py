"""The clock of the fair: in each process something lets time pass, once a second.

It stands beside the services and not below the push, which shows what is and may change nothing.
Whichever process is first does what is due; the lock lets the others find it done.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from time import monotonic, sleep

from flask import Flask

from jobfair import background, clock
from jobfair.services import expiry

EVERY_SECONDS = 1.0
UNWATCHED = timedelta(seconds=10)
"""After a pause so long, in which nobody can be sure that students saw anything, all calls
begin to count anew."""

LEAP = timedelta(seconds=2)
"""So far may the wall's clock move against the steady one between two looks."""


class Watch:
    """Since when this process has seen the clock run evenly, and calls last the same.

    The times on the entries come from the wall's clock, which may be put right by an hour, and
    stand there while the house is shut. So nobody is set aside for time that was not watched:
    after a start, a pause or a leap every call counts from then on.
    """

    def __init__(self) -> None:
        self._seen: tuple[datetime, float, timedelta | None] | None = None
        self._since: datetime | None = None

    def look(self, wall: datetime, steady: float, length: timedelta | None) -> datetime:
        """Look at both clocks, and at how long a call lasts; returns since when all is even.

        `steady` is in seconds and never put right.
        """
        if self._since is None or not self._goes_on(wall, steady, length):
            self._since = wall
        self._seen = (wall, steady, length)
        return self._since

    def _goes_on(self, wall: datetime, steady: float, length: timedelta | None) -> bool:
        assert self._seen is not None
        wall_before, steady_before, length_before = self._seen
        passed = timedelta(seconds=steady - steady_before)
        leap = abs(wall - wall_before - passed)
        return passed <= UNWATCHED and leap <= LEAP and length == length_before


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
