"""A rehearsal: a fair played several times, and the single changes that would help it most.

Each day with a change is compared with the day of the same seed without it. The changes are chosen
by some seeds and measured by others, as the one that did best by chance would look too good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from jobfair.simulation.plan import Change, Limit, Longer, Plan, Seat
from jobfair.simulation.played_day import Day, play

Progress = Callable[[int, int], None]
"""Told how many days are played, of how many. It may raise, which ends the rehearsal."""

CHOOSE_BY = (101, 102)
MEASURE_BY = tuple(range(1, 9))
"""Seeds."""

STANDS_TRIED = 6
"""Those with the most whom they do not meet may get a seat."""

LONGER = Longer(30)
LIMITS = (Limit(10), Limit(20))
MEASURED = 5
"""Changes that are measured, of those that were tried."""

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Range:
    """What came of several days: the mean, the least and the most."""

    mean: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Range:
        """The range of one value or more."""
        found = list(values)
        return cls(fmean(found), min(found), max(found))


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the whole fair; waits and idle time are in minutes. See `Day`."""

    interviews: Range
    enough: Range
    nobody: Range
    wait: Range
    nine_of_ten_wait: Range
    idle: Range
    away: Range


@dataclass(frozen=True, slots=True)
class StandHour:
    """How many interviews begin at a stand in an hour on average, and after what mean wait."""

    began: float
    wait: float


@dataclass(frozen=True, slots=True)
class StandDay:
    """A stand: how many it does not meet, and its hours, None where nothing begins."""

    name: str
    unmet: float
    hours: tuple[StandHour | None, ...]


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change brings: students more who meet enough companies, and interviews more."""

    change: Change
    enough: Range
    interviews: Range

    @property
    def is_sure(self) -> bool:
        """Whether every day that was played has a gain."""
        return self.enough.least > 0 or (self.enough.least >= 0 and self.interviews.least > 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a rehearsal. `hours` are those of the day, `gains` have the best one first."""

    days: int
    figures: Figures
    hours: tuple[int, ...]
    stands: tuple[StandDay, ...]
    gains: tuple[Gain, ...]


def rehearse(plan: Plan, progress: Progress) -> Outcome:
    """Play a plan, find the changes that help most, and measure them."""
    days = _Days(plan, progress)
    days.expect(len(MEASURE_BY) + len(CHOOSE_BY) * (1 + STANDS_TRIED + 1 + len(LIMITS)))
    played = [days.play(seed) for seed in MEASURE_BY]
    tried = candidates(plan, played)
    days.expected = len(MEASURE_BY) * (1 + min(MEASURED, len(tried)))
    days.expect(len(CHOOSE_BY) * (1 + len(tried)))
    chosen = sorted(tried, key=lambda each: _promise(days.gain(each, CHOOSE_BY)), reverse=True)
    gains = [days.gain(each, MEASURE_BY) for each in chosen[:MEASURED]]
    sure = sorted((each for each in gains if each.is_sure), key=_promise, reverse=True)
    return Outcome(
        len(played),
        _figures(played),
        tuple(_hours(plan)),
        tuple(_stand_day(plan, number, played) for number in range(len(plan.stands))),
        tuple(sure[:SHOWN]),
    )


def candidates(plan: Plan, played: Sequence[Day]) -> list[Change]:
    """The changes that are worth a try, by how the fair goes without any."""
    unmet = {
        number: fmean(day.unmet.get(number, 0) for day in played)
        for number in range(len(plan.stands))
    }
    most = sorted(unmet, key=lambda number: (-unmet[number], number))[:STANDS_TRIED]
    seats = [Seat(number, _needed_from(plan, number, played)) for number in most if unmet[number]]
    longest = max((each for day in played for each in day.waiting.values()), default=0)
    limits = [each for each in LIMITS if longest > each.waiting]
    return [*seats, LONGER, *limits]


def _needed_from(plan: Plan, number: int, played: Sequence[Day]) -> int:
    """The first hour at which more wait at a stand than it can meet until the close."""
    stand = plan.stands[number]
    for hour in _hours(plan):
        left = plan.closes - max(hour * 60, plan.opens)
        waiting = fmean(day.waiting[number, hour] for day in played)
        if waiting * stand.length > left * stand.slots:
            return max(hour * 60, plan.opens)
    return plan.opens


class _Days:
    """The days of a plan that were played, each once, and how many are still to come."""

    def __init__(self, plan: Plan, progress: Progress) -> None:
        self._plan = plan
        self._progress = progress
        self._played: dict[tuple[int, Change | None], Day] = {}
        self.expected = 0

    def expect(self, more: int) -> None:
        """This many more days are going to be played."""
        self.expected += more
        self._progress(len(self._played), self.expected)

    def play(self, seed: int, change: Change | None = None) -> Day:
        key = (seed, change)
        if key not in self._played:
            self._played[key] = play(self._plan, seed, change)
            self._progress(len(self._played), max(self.expected, len(self._played)))
        return self._played[key]

    def gain(self, change: Change, seeds: Sequence[int]) -> Gain:
        pairs = [(self.play(seed), self.play(seed, change)) for seed in seeds]
        return Gain(
            change,
            Range.of(changed.enough - usual.enough for usual, changed in pairs),
            Range.of(changed.interviews - usual.interviews for usual, changed in pairs),
        )


def _promise(gain: Gain) -> tuple[float, float]:
    return (gain.enough.mean, gain.interviews.mean)


def _figures(played: Sequence[Day]) -> Figures:
    waits = [day.waits or (0.0,) for day in played]
    return Figures(
        interviews=Range.of(day.interviews for day in played),
        enough=Range.of(day.enough for day in played),
        nobody=Range.of(day.nobody for day in played),
        wait=Range.of(map(median, waits)),
        nine_of_ten_wait=Range.of(map(_nine_of_ten, waits)),
        idle=Range.of(day.idle for day in played),
        away=Range.of(day.away for day in played),
    )


def _nine_of_ten(waits: Sequence[float]) -> float:
    return quantiles(waits, n=10)[-1] if len(waits) > 1 else waits[0]


def _hours(plan: Plan) -> range:
    return range(plan.opens // 60, -(-plan.closes // 60))


def _stand_day(plan: Plan, number: int, played: Sequence[Day]) -> StandDay:
    hours: list[StandHour | None] = []
    for hour in _hours(plan):
        found = [day.by_hour.get((number, hour), (0, 0.0)) for day in played]
        began = sum(times for times, _mean in found)
        waits = sum(times * mean for times, mean in found)
        hours.append(StandHour(began / len(played), waits / began) if began else None)
    unmet = fmean(day.unmet.get(number, 0) for day in played)
    return StandDay(plan.stands[number].name, unmet, tuple(hours))
