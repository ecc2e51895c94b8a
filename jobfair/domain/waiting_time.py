"""How long until somebody's turn: a range of minutes, or nothing while it would be a guess.

A seat is held from the call to the end of the interview. One duration covers all of it: the walk
to the stand, the interview, the goodbye. The durations of today say how long the next ones will
take, and how sure that is. The seats, who holds them and who is ahead say how many of them have
to end first. Times are in seconds, the range in minutes.

No constant here was measured at a real fair. They were estimated, and tried together on simulated
fairs: `docs/estimates.md` says what came of it, and `python -m tools.estimates` measures it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, exp, expm1, floor, fsum, log, log1p, sqrt
from statistics import NormalDist
from typing import NamedTuple

ENOUGH_AT_THE_FAIR = 8
"""Durations that must be known at the whole fair before any range is shown."""

SHORTEST_SECONDS, LONGEST_SECONDS = 30.0, 3 * 3600.0
"""Durations outside are mistakes: a wrong click, or a click that was forgotten. They are counted as
the nearer of these two."""

COMPANIES_DIFFER = 0.4
"""How much companies differ: the standard deviation of the logarithm of their mean duration."""

INTERVIEWS_DIFFER, ASSUMED_DURATIONS = 0.5, 6
"""How much the interviews of one company differ, as long as none has ended, likewise; and how many
real durations this assumption weighs as much as."""

RETURN_SECONDS = {"paused": 1200.0, "elsewhere": 2700.0, "aside": 2700.0}
"""How long people stay away on average, by what keeps them: a pause, an interview elsewhere, having
been set aside."""

DRIFT_SECONDS = 7200.0
"""How long somebody stays ready on average, before they leave, pause or are called elsewhere."""

CHANGE_DIFFERS = 0.45
"""How uncertain the number of people who come back or leave is, as a fraction of it."""

RANGE_DEVIATIONS = 1.28
"""Half the width of the range, in standard deviations: it holds eight in ten values of a normal
distribution."""

STEP, LONG_STEP, LONG = 5, 15, 60
"""Minutes. A range is rounded outwards to multiples of `STEP`, and of `LONG_STEP` from `LONG`
on. It is coarse so that it seldom changes."""

FARTHEST = 240
"""Minutes. A range that ends later is not shown."""

VAGUE, VAGUE_FROM = 4, 30
"""A range is not shown if its end is more than `VAGUE` times its beginning, and later than
`VAGUE_FROM` minutes."""

Range = tuple[int, int]

WaitBehind = Callable[[int], Range | None]
"""The range of minutes that somebody waits behind this many people; None where it would be a guess,
and where it would be their turn."""


class NoRange(StrEnum):
    """Why no range is said of a wait."""

    AT_ONCE = "at_once"
    """It would be their turn now if they were available."""
    TOO_EARLY = "too_early"
    TOO_FAR = "too_far"
    TOO_VAGUE = "too_vague"


class Unsaid(NamedTuple):
    """A wait of which no range is said, and why. `middle`, in minutes, is what it is sorted by all
    the same; None where nothing is known."""

    because: NoRange
    middle: float | None = None


_NORMAL = NormalDist()


class Ahead(NamedTuple):
    """The waiting entries before one, by what keeps them from being called, if anything.

    A tuple, as a thousand are made again when one student moves.
    """

    ready: int = 0
    paused: int = 0
    elsewhere: int = 0
    aside: int = 0
    inactive: int = 0

    @property
    def total(self) -> int:
        return sum(self)


def ends_before(ahead: Ahead, running: int, slots: int) -> int:
    """How many interviews have to end before it is the turn of somebody with these people ahead;
    none or less where a seat is free for them."""
    return ahead.ready + running - slots + 1


@dataclass(frozen=True, slots=True)
class DurationModel:
    """How long a seat of a company is held: a log-normal distribution of seconds.

    `middle` is the mean of the logarithm, `spread` its standard deviation from one interview to
    the next, `doubt` the standard deviation of `middle` itself, which is only an estimate.
    """

    middle: float
    spread: float
    doubt: float

    @property
    def mean(self) -> float:
        """In seconds."""
        return exp(self.middle + self.spread**2 / 2)

    @property
    def variance(self) -> float:
        """From one interview to the next, in seconds squared."""
        return self.mean**2 * expm1(self.spread**2)

    def rest(self, elapsed: float) -> tuple[float, float]:
        """Mean and variance of the seconds left, of a seat held for `elapsed` seconds."""
        # Farther out the sums below lose their precision, and the answer hardly changes.
        elapsed = min(max(elapsed, 1.0), exp(self.middle + 3 * self.spread))
        reached = (self.middle - log(elapsed)) / self.spread
        alive = _NORMAL.cdf(reached)
        mean = self.mean * _NORMAL.cdf(reached + self.spread) / alive
        squares = (self.mean**2 + self.variance) * _NORMAL.cdf(reached + 2 * self.spread) / alive
        return mean - elapsed, max(0.0, squares - mean**2)


def duration_model(own: Sequence[float], fair: Sequence[float]) -> DurationModel | None:
    """How long the company's next interviews will hold a seat.

    Takes today's durations in seconds: the company's own, and the whole fair's, the company's
    among them. The fewer of its own there are, the more the fair's count. Returns None while even
    those are too few.
    """
    if len(fair) < ENOUGH_AT_THE_FAIR:
        return None
    logs, all_logs = _logs(own), _logs(fair)
    common = fsum(all_logs) / len(all_logs)
    own_mean = fsum(logs) / len(logs) if logs else common
    squares = fsum((each - own_mean) ** 2 for each in logs)
    weight = ASSUMED_DURATIONS + max(0, len(logs) - 1)
    variance = (ASSUMED_DURATIONS * INTERVIEWS_DIFFER**2 + squares) / weight
    precision = len(logs) / variance
    common_precision = 1 / COMPANIES_DIFFER**2
    return DurationModel(
        (own_mean * precision + common * common_precision) / (precision + common_precision),
        sqrt(variance),
        1 / sqrt(precision + common_precision),
    )


def _logs(lengths: Sequence[float]) -> list[float]:
    return [log(min(max(each, SHORTEST_SECONDS), LONGEST_SECONDS)) for each in lengths]


class WaitForecast:
    """A company's seats at one moment, for all who wait there.

    `held` has, for each seat that is taken by an interview or a call, since how many seconds.
    """

    def __init__(
        self, duration_model: DurationModel, slots: int, running: int, held: Sequence[float]
    ) -> None:
        # Kept, as each of a thousand who wait asks for them several times.
        self._mean, self._variance = duration_model.mean, duration_model.variance
        self._doubt = expm1(duration_model.doubt**2)
        self._slots = slots
        self._running = running
        rests = [duration_model.rest(each) for each in held]
        self._rest = fsum(mean for mean, _ in rests) / max(1, len(rests))
        self._rest_variance = fsum(variance for _, variance in rests)

    def wait(self, ahead: Ahead) -> Range | None:
        """How long somebody with these people ahead waits, as a range of minutes.

        Returns None when it would be their turn now, and when the range would be a guess.
        """
        estimate = self.estimate(ahead)
        return None if isinstance(estimate, Unsaid) else estimate

    def estimate(self, ahead: Ahead) -> Range | Unsaid:
        """The same, or why there is none."""
        first_ends = ends_before(ahead, self._running, self._slots)
        if first_ends <= 0:
            return Unsaid(NoRange.AT_ONCE)
        mean, variance = self._moments(*self._ends(first_ends, ahead))
        return _rounded(*_between(mean, variance))

    def _ends(self, ends: float, ahead: Ahead) -> tuple[float, float]:
        """Mean and variance of how many interviews have to end first.

        Takes how many it would be if nobody came back or drifted away in the meantime.
        """
        until = self._moments(ends, 0.0)[0]
        away = {"paused": ahead.paused, "elsewhere": ahead.elsewhere, "aside": ahead.aside}
        back = fsum(-count * expm1(-until / RETURN_SECONDS[kind]) for kind, count in away.items())
        queued = max(0.0, ends - 1)
        gone = -queued * expm1(-until / 2 / DRIFT_SECONDS)
        doubt = CHANGE_DIFFERS * (back + gone) + (CHANGE_DIFFERS * (back + gone) / 2) ** 2
        return max(1.0, ends + back - gone), doubt

    def _moments(self, ends: float, doubt: float) -> tuple[float, float]:
        """Mean and variance of the seconds until this number of interviews has ended.

        Takes the variance of their number as `doubt`.
        """
        seats = max(1, self._slots)
        mean = self._rest + self._mean * ((ends - 0.5) / seats - 0.5)
        # With several seats the first to end is not the average one.
        mean = max(mean, self._rest * ends / (seats + 1), 1.0)
        further = max(0.0, ends - seats)
        variance = (
            self._rest_variance * min(1.0, ends / seats) + further * self._variance
        ) / seats**2
        variance += doubt * (self._mean / seats) ** 2
        return mean, variance + mean**2 * self._doubt


def _between(mean: float, variance: float) -> tuple[float, float]:
    """The ends of the range of a log-normal time with this mean and variance."""
    spread = sqrt(log1p(variance / mean**2))
    middle = log(mean) - spread**2 / 2
    return exp(middle - RANGE_DEVIATIONS * spread), exp(middle + RANGE_DEVIATIONS * spread)


def _rounded(low: float, high: float) -> Range | Unsaid:
    least, most = low / 60, high / 60
    down = LONG_STEP if least >= LONG else STEP
    up = LONG_STEP if most > LONG else STEP
    low, high = floor(least / down) * down, ceil(most / up) * up
    if high > FARTHEST:
        return Unsaid(NoRange.TOO_FAR, (low + high) / 2)
    if high > VAGUE_FROM and high > VAGUE * low:
        return Unsaid(NoRange.TOO_VAGUE, (low + high) / 2)
    return low, high
