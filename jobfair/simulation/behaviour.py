"""How people act at a fair, as far as the rules leave it to them.

No number here was measured at a real fair. They are the guesses by which the waiting times were
tried (`docs/estimates.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from random import Random
from statistics import NormalDist

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How people act. Times are in minutes, chances from 0 to 1.

    `no_show` is the chance that a called student does not come, `come_back` that such a one says
    later that they are here, `elsewhere` that somebody whom a full queue refused tries another
    company. What happens «every» so often happens at random moments, with that mean between two.
    """

    walk: float = 1.5
    no_show: float = 0.04
    come_back: float = 0.7
    pauses_every: float = 90.0
    pause: float = 12.0
    rest: float = 5.0
    leaves_every: float = 240.0
    breaks_every: float = 240.0
    stand_break: float = 12.0
    tries_again: float = 15.0
    elsewhere: float = 0.5


def about(random: Random, mean: float, spread: float) -> float:
    """Around a mean, never below nothing, now and then much more."""
    return random.lognormvariate(log(mean) - spread**2 / 2, spread)


def rare(random: Random, every: float) -> float:
    """The seconds until something happens that happens once in `every` minutes on average."""
    return random.expovariate(1 / (every * MINUTE))


@dataclass(frozen=True, slots=True)
class InterviewLength:
    """How long the interviews of a stand last: a log-normal distribution of seconds.

    `middle` is the mean of the logarithm, `spread` its standard deviation.
    """

    middle: float
    spread: float

    @classmethod
    def about(cls, minutes: float, spread: float) -> InterviewLength:
        """Interviews that last this many minutes on average."""
        return cls(log(minutes * MINUTE) - spread**2 / 2, spread)

    @property
    def mean(self) -> float:
        """In seconds."""
        return exp(self.middle + self.spread**2 / 2)

    def draw(self, random: Random) -> float:
        """The seconds of one interview."""
        return random.lognormvariate(self.middle, self.spread)

    def rest(self, random: Random, elapsed: float) -> float:
        """The seconds left of an interview that has lasted for `elapsed` seconds."""
        logs = NormalDist(self.middle, self.spread)
        # Beyond four deviations nothing is left to draw from: such an interview is about to end.
        passed = logs.cdf(min(log(max(elapsed, 1.0)), self.middle + 4 * self.spread))
        drawn = exp(logs.inv_cdf(passed + (1 - passed) * random.uniform(1e-9, 1 - 1e-9)))
        return max(0.0, drawn - elapsed)
