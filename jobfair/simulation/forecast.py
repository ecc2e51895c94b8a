"""How the rest of a fair's day may go: the hall as it is, played to the close many times.

Nobody new comes in these plays. A student who joins later stands behind those who wait and takes no
seat from them; what such a play would cost is better spent on another one. Those who are here come
back from breaks and interviews, and are called before those who stand behind them: that is played.

How people act is drawn again for each play, as no fair's people are those of another, and so is how
long each company's interviews last, as far as today's leave it open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import exp, log
from random import Random

from jobfair.domain.decisions import stands
from jobfair.domain.state import Entry, EntryState, Hall
from jobfair.domain.waiting_time import DurationModel
from jobfair.simulation.behaviour import MINUTE, Behaviour, InterviewLength
from jobfair.simulation.simulated_fair import SimulatedFair

PEOPLE_DIFFER = {
    "walk": 0.5,
    "no_show": 0.5,
    "pauses_every": 0.5,
    "pause": 0.5,
    "rest": 0.5,
    "breaks_every": 0.5,
    "stand_break": 0.5,
}
"""How unlike the people of two fairs are: of each time and chance, the standard deviation of its
logarithm."""

ASSUMED_LEFT = 2
"""How many places that were left today weigh as much as what is assumed of leaving."""

LEAST_INTERVIEW = 0.2
"""The least share of the time a seat is held that is the interview itself, and no walk to it."""

MANY, MANY_OF = 5, 0.2
"""From this many who will not be met, and from this share of those who wait, on a company is one
where a seat more is tried."""

MOST_TRIED = 20
"""At this many companies at most one more seat is tried: those with the most who will not be
met."""

LEAST_PLAYS = 10
"""With fewer plays nothing is said: a chance of one in five is two of them."""

USUAL = Behaviour()


@dataclass(frozen=True, slots=True)
class Patience:
    """What today says of how long people stay in a queue before they give it up: how many places
    were left, in how many minutes that all places together were waited for."""

    left: int = 0
    minutes: float = 0.0

    def draw(self, usual: float, random: Random) -> float:
        """How many minutes somebody may wait on average before they leave; `usual` is what is
        assumed of it. The fewer have left, the more that counts."""
        left = ASSUMED_LEFT + self.left
        return (ASSUMED_LEFT * usual + self.minutes) / random.gammavariate(left, 1)


NOTHING_KNOWN = Patience()


@dataclass(frozen=True, slots=True)
class CompanyForecast:
    """How many of those who wait at a company will still wait when the fair closes.

    `unmet` is the mean over all plays, `low` and `high` what eight in ten of them lie between.
    `more` is how many of these a seat more would reach, None where that was not tried.
    """

    waiting: int
    unmet: float
    low: int
    high: int
    more: float | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """How likely each waiting entry is to start before the close, should it not leave, and what
    that means for its company."""

    chances: Mapping[int, float]
    companies: Mapping[int, CompanyForecast]


def are_many(unmet: float, waiting: int) -> bool:
    """Whether enough of those who wait will not be met for organisers to do something."""
    return unmet >= max(MANY, MANY_OF * waiting)


class RestOfDay:
    """A hall that is open, to be played from `now` until it closes `seconds` later.

    Takes how long each company holds a seat today, how patient people are, and chance. The hall
    stays as it is.
    """

    def __init__(
        self,
        hall: Hall,
        models: Mapping[int, DurationModel],
        now: datetime,
        seconds: float,
        random: Random,
        patience: Patience = NOTHING_KNOWN,
        usual: Behaviour = USUAL,
    ) -> None:
        self._live = {each.id: each for each in hall.entries.values() if each.live}
        here = {each.student_id for each in self._live.values()}
        self._students = {each.id: each for each in hall.students.values() if each.id in here}
        self._hall = hall
        self._models = models
        self._now = now
        self._seconds = seconds
        self._random = random
        self._patience = patience
        self._usual = usual
        self._waiting = {each.id: each for each in self._live.values() if each.waiting}
        self._met: Counter[int] = Counter()
        self._stayed: Counter[int] = Counter()
        self._plays: list[tuple[int, Counter[int]]] = []

    def play_on(self, may_go_on: Callable[[], bool]) -> Forecast | None:
        """Play as often as `may_go_on` allows, which is asked before each play.

        Every third play is one of those before with a seat more where many are not met. Returns
        None after too few plays to say anything.
        """
        reached: list[Counter[int]] = []
        tried: Sequence[int] = ()
        while may_go_on():
            if len(self._plays) >= LEAST_PLAYS and not tried:
                tried = self._where_many_are_unmet()
            if tried and 2 * len(reached) < len(self._plays) - LEAST_PLAYS:
                # The same chance draws the same people and lengths, so that the seat alone differs.
                seed, unmet = self._plays[len(reached)]
                reached.append(unmet - _by_company(self._play(seed, tried)[1]))
            else:
                self._play_as_it_is()
        if len(self._plays) < LEAST_PLAYS:
            return None
        more = {each: _mean(reached, each) for each in tried} if reached else {}
        return Forecast(self._chances(), dict(self._companies(more)))

    def _play_as_it_is(self) -> None:
        seed = self._random.getrandbits(32)
        met, unmet = self._play(seed)
        self._met.update(each.id for each in met)
        self._stayed.update(each.id for each in (*met, *unmet))
        self._plays.append((seed, _by_company(unmet)))

    def _play(self, seed: int, seat_more: Sequence[int] = ()) -> tuple[list[Entry], list[Entry]]:
        """Of those who wait, who starts before the close, and who still waits then."""
        random = Random(seed)
        lengths = {
            each: _some_length(self._models[each], random, self._usual.walk)
            for each in sorted(self._hall.companies)
        }
        people = _some_people(self._usual, self._patience, random)
        hall = Hall(
            self._hall.phase,
            self._hall.number,
            dict(self._hall.companies),
            dict(self._students),
            dict(self._live),
        )
        fair = SimulatedFair(hall, lengths, people, random, self._now)
        fair.go_on()
        for company_id in seat_more:
            fair.do(stands.set_slots(hall, company_id, hall.companies[company_id].slots + 1))
        fair.play(self._seconds)
        now = [hall.entries[each] for each in self._waiting]
        met = [each for each in now if each.state in (EntryState.RUNNING, EntryState.DONE)]
        return met, [each for each in now if each.waiting]

    def _where_many_are_unmet(self) -> Sequence[int]:
        waiting = _by_company(self._waiting.values())
        unmet = {each: _mean([play for _, play in self._plays], each) for each in waiting}
        many = [each for each in unmet if are_many(unmet[each], waiting[each])]
        return sorted(many, key=lambda each: -unmet[each])[:MOST_TRIED]

    def _chances(self) -> dict[int, float]:
        """One play more that is half met keeps what never happened from being impossible."""
        return {each: (self._met[each] + 0.5) / (self._stayed[each] + 1) for each in self._waiting}

    def _companies(self, more: Mapping[int, float]) -> Iterator[tuple[int, CompanyForecast]]:
        plays = [unmet for _, unmet in self._plays]
        for company_id, waiting in _by_company(self._waiting.values()).items():
            counts = sorted(play[company_id] for play in plays)
            tenth = len(counts) // 10
            yield (
                company_id,
                CompanyForecast(
                    waiting,
                    _mean(plays, company_id),
                    counts[tenth],
                    counts[-1 - tenth],
                    more.get(company_id),
                ),
            )


def _by_company(entries: Iterable[Entry]) -> Counter[int]:
    return Counter(each.company_id for each in entries)


def _mean(plays: Sequence[Counter[int]], company_id: int) -> float:
    return sum(play[company_id] for play in plays) / len(plays)


def _some_length(model: DurationModel, random: Random, walk: float) -> InterviewLength:
    """How long a company's interviews may last: the seat is held for the walk to it, too."""
    middle = random.gauss(model.middle, model.doubt)
    held = exp(middle + model.spread**2 / 2)
    alone = max(held - walk * MINUTE, LEAST_INTERVIEW * held)
    return InterviewLength(middle + log(alone / held), model.spread)


def _some_people(usual: Behaviour, patience: Patience, random: Random) -> Behaviour:
    """How the people of a fair may act, who are not quite as usual."""
    unlike = {
        each: getattr(usual, each) * random.lognormvariate(0, spread)
        for each, spread in PEOPLE_DIFFER.items()
    }
    return replace(usual, leaves_every=patience.draw(usual.leaves_every, random), **unlike)
