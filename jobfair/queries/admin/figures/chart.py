"""The interviews of the day as bars, one for each quarter of an hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobfair.queries.projections.interview_counts import QUARTER
from jobfair.wording.times.local_time import zone

WIDTH, HEIGHT = 1200, 160
GAP = 4
FEWEST, MOST = 24, 48
"""Quarter hours shown: enough for narrow bars, few enough for the figures above them."""

OVER = timedelta(hours=2)
"""After so long without an interview the chart ends."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A quarter of an hour: when it began, in the fair's time, and how many interviews did.

    `x`, `y`, `width` and `height` are where it is drawn in a box of WIDTH by HEIGHT.
    """

    began: datetime
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return round(self.x + self.width / 2, 1)

    @property
    def full_hour(self) -> bool:
        """Whether it begins a full hour, which is labelled."""
        return self.began.minute == 0


def bars(began: Mapping[datetime, int], now: datetime) -> list[Bar]:
    """The bars up to now, or to the last interview; none without any interview.

    `began` has the number of interviews by the start of the quarter hour in which they began.
    """
    if not began:
        return []
    first, last = min(began), max(began)
    # After the clock was set back, interviews may have begun after `now`.
    now = max(now, last)
    end = last if now - last > OVER else now - (now - first) % QUARTER
    number = max(FEWEST, min(MOST, (end - first) // QUARTER + 1))
    moments = [end - QUARTER * each for each in reversed(range(number))]
    most = max(began.get(each, 0) for each in moments)
    return [
        _bar(place, moment, began.get(moment, 0), most, WIDTH / number)
        for place, moment in enumerate(moments)
    ]


def _bar(place: int, began: datetime, count: int, most: int, step: float) -> Bar:
    height = round(HEIGHT * count / most, 1)
    return Bar(
        began.astimezone(zone()),
        count,
        x=round(place * step + GAP / 2, 1),
        y=round(HEIGHT - height, 1),
        width=round(step - GAP, 1),
        height=height,
    )
