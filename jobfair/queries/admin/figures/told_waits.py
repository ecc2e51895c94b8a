"""The waits that students were told on joining, compared with their real waits. The first interview
of each place counts, if its student was told a range on joining. The real wait is the time from
joining to the call that led to the interview, because the range says when it is the turn; without a
call, to the start. It includes breaks and interviews elsewhere.

- kept: not before the range and not after it. Both ends are within.
- untold: interviews of places without a range: joined before the fair opened, called at once, not
  enough known, put there by an organiser, or from before ranges were kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from jobfair.queries.admin.figures.statistics import hour_of, median
from jobfair.queries.projections.interview_counts import ToldWait, ToldWaits, caught_up

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ToldFigures:
    """How many waits were within the range told, shorter and longer; see above.

    `median_told` is of the middles of the ranges, `median_waited` of the waits of the same
    students; None without any.
    """

    kept: int = 0
    shorter: int = 0
    longer: int = 0
    untold: int = 0
    median_told: timedelta | None = None
    median_waited: timedelta | None = None

    @property
    def told(self) -> int:
        """How many were told a range."""
        return self.kept + self.shorter + self.longer

    @property
    def share_kept(self) -> float | None:
        """Between 0 and 1; None where nobody was told any."""
        return self.kept / self.told if self.told else None


@dataclass(frozen=True, slots=True)
class JoiningHour:
    """The same of those who joined in the hour from `start` (UTC)."""

    start: datetime
    figures: ToldFigures


@dataclass(frozen=True, slots=True)
class ToldReport:
    """Of one company or the whole fair: all together, and by each hour in which somebody joined
    who was told a range, in order."""

    overall: ToldFigures
    hours: tuple[JoiningHour, ...]


NONE_TOLD = ToldReport(ToldFigures(), ())


def told_waits(zone: tzinfo) -> ToldReport:
    """Those of the whole fair, by the full hours of a time zone."""
    with caught_up() as counts:
        every = [each for quarters in counts.told.values() for each in quarters.items()]
        return _report(every, zone)


def told_waits_of(company_id: int, zone: tzinfo) -> ToldReport:
    """Those of one company."""
    with caught_up() as counts:
        return _report(counts.told.get(company_id, {}).items(), zone)


def _report(quarters: Iterable[tuple[datetime, ToldWaits]], zone: tzinfo) -> ToldReport:
    overall = ToldWaits()
    hours: dict[datetime, ToldWaits] = {}
    for quarter, waits in quarters:
        for whole in (overall, hours.setdefault(hour_of(quarter, zone), ToldWaits())):
            whole.told += waits.told
            whole.untold += waits.untold
    by_hour = (JoiningHour(start, _figures(hours[start])) for start in sorted(hours))
    return ToldReport(_figures(overall), tuple(each for each in by_hour if each.figures.told))


def _figures(waits: ToldWaits) -> ToldFigures:
    shorter = sum(each.waited < each.least * MINUTE for each in waits.told)
    longer = sum(each.waited > each.most * MINUTE for each in waits.told)
    return ToldFigures(
        len(waits.told) - shorter - longer,
        shorter,
        longer,
        waits.untold,
        median([_middle(each) for each in waits.told]),
        median([each.waited for each in waits.told]),
    )


def _middle(wait: ToldWait) -> timedelta:
    return (wait.least + wait.most) * MINUTE / 2
