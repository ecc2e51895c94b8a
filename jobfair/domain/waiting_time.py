"""How long until it would be somebody's turn: an honest range, or nothing while it is a guess.

A seat is held from the call to the end of the interview, so one length says all: the walk to the
stand, the interview, the goodbye. From the lengths of a company (and the fair's, while the
company has few) follow how long such a hold takes and how sure that is; from the holds that run
now, the seats and who is ahead, how many of them have to end first. Times are in seconds, the
range in minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, expm1, floor, fsum, log, log1p, sqrt
from statistics import NormalDist

ENOUGH_AT_THE_FAIR = 8
"""Lengths at the whole fair before anything is said at all; some are the company's own."""

SHORTEST_SECONDS, LONGEST_SECONDS = 30.0, 3 * 3600.0
"""Lengths outside are slips of a finger, or a stand that forgot to press, and taken as these."""

COMPANIES_DIFFER = 0.4
"""How far a company's mean length lies from the fair's, as the sd of its logarithm."""

INTERVIEWS_DIFFER, AS_SURE_AS = 0.5, 6
"""The same within a company, before any were seen, and how many lengths that is worth."""

RETURN_SECONDS = {"paused": 1200.0, "elsewhere": 2700.0, "aside": 2700.0}
"""How long greyed and set aside people stay away, on average."""

DRIFT_SECONDS = 7200.0
"""How long somebody ready stays in line, on average, before they leave, pause or are called
elsewhere first."""

NEWCOMERS_DIFFER = 0.45
"""Of those who may come back or drift away, what is uncertain about their number (as a part)."""

SPREAD = 1.28
"""Standard deviations on each side that eight in ten lie within."""

STEP, LONG_STEP, LONG = 5, 15, 60
"""Minutes that a range is rounded to: outwards, and coarsely, so that it seldom changes."""

FARTHEST = 240
"""Minutes beyond which nobody knows."""

VAGUE, VAGUE_FROM = 4, 30
"""A range that ends after so many minutes, and so many times later than it begins, is a guess."""

Range = tuple[int, int]
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Ahead:
    """The waiting entries before one, by what keeps them from being called, if anything."""

    ready: int = 0
    paused: int = 0
    elsewhere: int = 0
    aside: int = 0
    inactive: int = 0

    @property
    def total(self) -> int:
        return self.ready + self.paused + self.elsewhere + self.aside + self.inactive


@dataclass(frozen=True, slots=True)
class DurationModel:
    """How long a company holds a seat: lengths are log-normal.

    `middle` is the logarithm's mean, `spread` its sd from one hold to the next, `doubt` how
    far the company's own middle may be from this one.
    """

    middle: float
    spread: float
    doubt: float

    @property
    def mean(self) -> float:
        return exp(self.middle + self.spread**2 / 2)

    @property
    def variance(self) -> float:
        return self.mean**2 * expm1(self.spread**2)

    def rest(self, elapsed: float) -> tuple[float, float]:
        """Mean and variance of what is left of a hold that has lasted so long."""
        # Far out in the tail the sums below lose their digits, and nothing new is learned.
        elapsed = min(max(elapsed, 1.0), exp(self.middle + 3 * self.spread))
        reached = (self.middle - log(elapsed)) / self.spread
        alive = _NORMAL.cdf(reached)
        mean = self.mean * _NORMAL.cdf(reached + self.spread) / alive
        squares = (self.mean**2 + self.variance) * _NORMAL.cdf(reached + 2 * self.spread) / alive
        return mean - elapsed, max(0.0, squares - mean**2)


def duration_model(own: Sequence[float], fair: Sequence[float]) -> DurationModel | None:
    """What a company's lengths of today say, with the fair's for what they do not.

    Takes lengths in seconds, the fair's with the company's own among them. None while there
    are too few.
    """
    if len(fair) < ENOUGH_AT_THE_FAIR:
        return None
    logs, all_logs = _logs(own), _logs(fair)
    common = fsum(all_logs) / len(all_logs)
    own_mean = fsum(logs) / len(logs) if logs else common
    squares = fsum((each - own_mean) ** 2 for each in logs)
    worth = AS_SURE_AS + max(0, len(logs) - 1)
    variance = (AS_SURE_AS * INTERVIEWS_DIFFER**2 + squares) / worth
    sureness = len(logs) / variance
    common_sureness = 1 / COMPANIES_DIFFER**2
    return DurationModel(
        (own_mean * sureness + common * common_sureness) / (sureness + common_sureness),
        sqrt(variance),
        1 / sqrt(sureness + common_sureness),
    )


def _logs(lengths: Sequence[float]) -> list[float]:
    return [log(min(max(each, SHORTEST_SECONDS), LONGEST_SECONDS)) for each in lengths]


class WaitForecast:
    """A company's seats at one moment, for all who wait there.

    Takes its habit, its slots, how many interviews run, and for each seat held, by an interview
    or by somebody called, for how long.
    """

    def __init__(
        self, duration_model: DurationModel, slots: int, running: int, held: Sequence[float]
    ) -> None:
        self._habit = duration_model
        self._slots = slots
        self._running = running
        rests = [duration_model.rest(each) for each in held]
        self._rest = fsum(mean for mean, _ in rests) / max(1, len(rests))
        self._rest_variance = fsum(variance for _, variance in rests)

    def wait(self, ahead: Ahead) -> Range | None:
        """The minutes until it would be the turn of whoever has these people ahead.

        None when it would be their turn now, and when it is too far off to say.
        """
        first_ends = ahead.ready + self._running - self._slots + 1
        if first_ends <= 0:
            return None
        mean, variance = self._moments(*self._ends(first_ends, ahead))
        return _rounded(*_between(mean, variance))

    def _ends(self, ends: float, ahead: Ahead) -> tuple[float, float]:
        """How many holds have to end first, as people come back and drift away meanwhile; and
        the variance of that."""
        until = self._moments(ends, 0.0)[0]
        away = {"paused": ahead.paused, "elsewhere": ahead.elsewhere, "aside": ahead.aside}
        back = fsum(-count * expm1(-until / RETURN_SECONDS[kind]) for kind, count in away.items())
        queued = max(0.0, ends - 1)
        gone = -queued * expm1(-until / 2 / DRIFT_SECONDS)
        doubt = NEWCOMERS_DIFFER * (back + gone) + (NEWCOMERS_DIFFER * (back + gone) / 2) ** 2
        return max(1.0, ends + back - gone), doubt

    def _moments(self, ends: float, doubt: float) -> tuple[float, float]:
        """Mean and variance of the time until so many holds have ended."""
        seats, one = max(1, self._slots), self._habit
        mean = self._rest + one.mean * ((ends - 0.5) / seats - 0.5)
        # With several seats the first to end is not the average one.
        mean = max(mean, self._rest * ends / (seats + 1), 1.0)
        further = max(0.0, ends - seats)
        variance = (
            self._rest_variance * min(1.0, ends / seats) + further * one.variance
        ) / seats**2
        variance += doubt * (one.mean / seats) ** 2
        return mean, variance + mean**2 * expm1(one.doubt**2)


def _between(mean: float, variance: float) -> tuple[float, float]:
    """The ends of the range of a log-normal time with this mean and variance."""
    spread = sqrt(log1p(variance / mean**2))
    middle = log(mean) - spread**2 / 2
    return exp(middle - SPREAD * spread), exp(middle + SPREAD * spread)


def _rounded(low: float, high: float) -> Range | None:
    least, most = low / 60, high / 60
    down = LONG_STEP if least >= LONG else STEP
    up = LONG_STEP if most > LONG else STEP
    low, high = floor(least / down) * down, ceil(most / up) * up
    guess = high > FARTHEST or (high > VAGUE_FROM and high > VAGUE * low)
    return None if guess else (low, high)
