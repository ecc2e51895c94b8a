"""When a fair opens and closes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from jobfair.domain.state import Phase

BY_HAND_COUNTS = timedelta(hours=1)
"""A decision by hand within this time before an hour counts: the hour does not overrule it."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of each day of a fair, in its time zone; None where it is opened or closed by hand.

    A fair of which one day is known has that day alone, and one of which none is known has no
    hours.
    """

    opens: time | None
    closes: time | None
    starts_on: date | None
    ends_on: date | None
    zone: tzinfo

    def due(self, after: datetime, now: datetime) -> tuple[datetime, Phase] | None:
        """The last hour after `after` that has come by `now`, and the phase that it brings.

        It opens a fair on its own day alone: a server that was off until the day after opens
        nothing.
        """
        come = [each for each in self._hours() if after < each[0] <= now]
        if not come:
            return None
        at, phase = max(come)
        is_past = now.astimezone(self.zone).date() > at.astimezone(self.zone).date()
        return None if phase is Phase.OPEN and is_past else (at, phase)

    def closes_next(self, after: datetime) -> datetime | None:
        """When it closes on the day of `after`; None where nobody has said, and once it is past."""
        come = (at for at, phase in self._hours() if phase is Phase.CLOSED and at > after)
        at = min(come, default=None)
        if at is None or at.astimezone(self.zone).date() > after.astimezone(self.zone).date():
            return None
        return at

    def _hours(self) -> Iterator[tuple[datetime, Phase]]:
        first, last = self.starts_on or self.ends_on, self.ends_on or self.starts_on
        if first is None or last is None:
            return
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            for hour, phase in ((self.opens, Phase.OPEN), (self.closes, Phase.CLOSED)):
                if hour is not None:
                    yield datetime.combine(day, hour, self.zone).astimezone(UTC), phase
