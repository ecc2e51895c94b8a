"""Fairs of kinds that the forecast was not built on, to hold what it says against what comes.

Their people act otherwise than it supposes. A few times each day it is asked for every place how
likely that is to be reached before the close; then the day goes on, and the place is or is not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from jobfair.domain.events import Event, InterviewCompleted, InterviewStarted, Left, Recorded
from jobfair.domain.state import EntryState, Hall
from jobfair.domain.waiting_time import ENOUGH_AT_THE_FAIR, duration_model
from jobfair.simulation.behaviour import MINUTE, Behaviour
from jobfair.simulation.forecast import CompanyForecast, Forecast, Patience, RestOfDay, are_many
from tests.simulated.promised_fairs import Kind, a_fair

FIFTHS = 5

UNLIKE = (
    Kind("Everybody stays", students=170, behaviour=Behaviour(leaves_every=1200, no_show=0.01)),
    Kind(
        "Halls far apart",
        students=150,
        wishes=(3, 4, 5),
        behaviour=Behaviour(walk=4, no_show=0.1, come_back=0.5, pause=20),
    ),
    Kind(
        "Long talks, long breaks",
        length=18,
        interviews_differ=0.6,
        behaviour=Behaviour(breaks_every=120, stand_break=25, pauses_every=60, rest=10),
    ),
    Kind(
        "Always at a stand",
        companies=14,
        students=120,
        wishes=(7, 8, 9),
        companies_differ=0.5,
        behaviour=Behaviour(pauses_every=400, pause=6, rest=2, leaves_every=500),
    ),
    Kind(
        "Few seats, many people",
        slots=(1, 2, 3),
        companies=8,
        students=220,
        behaviour=Behaviour(leaves_every=120, no_show=0.12, breaks_every=600),
    ),
    Kind(
        "Companies very unlike",
        companies_differ=0.8,
        interviews_differ=0.3,
        arrivals=60,
        behaviour=Behaviour(pause=25, come_back=0.4),
    ),
)
ASKED_AT = (60.0, 110.0, 160.0)
"""Minutes after the opening; the fairs close after 210."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one place, and whether it was reached: None if it was left before."""

    chance: float
    reached: bool | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What was said of one company, and how many were not met."""

    said: CompanyForecast
    unmet: int


class ForecastFair:
    """One fair of a kind, by a seed, forecast a few times by this many plays each."""

    def __init__(self, kind: Kind, seed: int, plays: int) -> None:
        self.kind = kind
        self.told: list[Told] = []
        self.counted: list[Counted] = []
        self._plays = plays
        self._random = Random(seed + 1)
        self._lengths: defaultdict[int, list[float]] = defaultdict(list)
        self._every: list[float] = []
        self._said: list[Forecast] = []
        self._left, self._waited = 0, 0.0
        self._fair = a_fair(kind, Random(seed))
        self._fair.watch = self._watch

    def play(self) -> None:
        """Let the day pass, and see what came of what was said."""
        for at in ASKED_AT:
            self._fair.play(at * MINUTE)
            if len(self._every) >= ENOUGH_AT_THE_FAIR:
                self._ask()
        self._fair.play(self.kind.hours * 60 * MINUTE)
        for said in self._said:
            self._compare(said, self._fair.hall)

    def _watch(self, recorded: Sequence[Recorded]) -> None:
        for each in recorded:
            self._count_waiting(each.event)
            if isinstance(each.event, InterviewCompleted):
                entry = self._fair.hall.entries[each.event.entry_id]
                began = entry.called_at or entry.started_at
                assert began is not None
                seconds = (self._fair.moment - began).total_seconds()
                self._lengths[entry.company_id].append(seconds)
                self._every.append(seconds)

    def _count_waiting(self, event: Event) -> None:
        """Count who left, and for how long those waited who wait no more."""
        if isinstance(event, (Left, InterviewStarted)):
            created_at = self._fair.hall.entries[event.entry_id].created_at
            assert created_at is not None
            self._left += isinstance(event, Left)
            self._waited += (self._fair.moment - created_at).total_seconds() / MINUTE

    def _patience(self) -> Patience:
        hall, moment = self._fair.hall, self._fair.moment
        waiting = sum(
            (moment - each.created_at).total_seconds() / MINUTE
            for each in hall.entries.values()
            if each.waiting and each.created_at is not None
        )
        return Patience(self._left, self._waited + waiting)

    def _ask(self) -> None:
        models = {}
        for each in self._fair.hall.companies:
            model = duration_model(self._lengths[each][-30:], self._every[-200:])
            assert model is not None
            models[each] = model
        left = self.kind.hours * 60 * MINUTE - self._fair.now
        rest = RestOfDay(
            self._fair.hall, models, self._fair.moment, left, self._random, self._patience()
        )
        plays = iter(range(self._plays))
        said = rest.play_on(lambda: next(plays, None) is not None)
        assert said is not None
        self._said.append(said)

    def _compare(self, said: Forecast, hall: Hall) -> None:
        unmet: Counter[int] = Counter()
        for entry_id, chance in said.chances.items():
            entry = hall.entries[entry_id]
            unmet[entry.company_id] += entry.waiting
            reached = entry.state in (EntryState.RUNNING, EntryState.DONE)
            self.told.append(Told(chance, None if entry.state is EntryState.LEFT else reached))
        self.counted += [Counted(each, unmet[id_]) for id_, each in said.companies.items()]


def by_fifth(told: Iterable[Told]) -> list[list[bool]]:
    """Whether those were reached who were told below 20 %, below 40 % and so on."""
    fifths: list[list[bool]] = [[] for _ in range(FIFTHS)]
    for each in told:
        if each.reached is not None:
            fifths[min(int(each.chance * FIFTHS), FIFTHS - 1)].append(each.reached)
    return fifths


def share_within(counted: Iterable[Counted]) -> float:
    """How many of the counts of companies came between the ends that were said."""
    within = [each.said.low <= each.unmet <= each.said.high for each in counted]
    return sum(within) / len(within)


def where_many(counted: Iterable[Counted]) -> tuple[float, float]:
    """Where many were said not to be met: how many on average, and how many were not."""
    many = [each for each in counted if are_many(each.said.unmet, each.said.waiting)]
    said = sum(each.said.unmet for each in many)
    return said / len(many), sum(each.unmet for each in many) / len(many)


def played(kind: Kind, seeds: Iterable[int], plays: int) -> tuple[list[Told], list[Counted]]:
    """What was said at several fairs of a kind, and what came."""
    fairs = [ForecastFair(kind, seed, plays) for seed in seeds]
    for fair in fairs:
        fair.play()
    return [each for fair in fairs for each in fair.told], [
        each for fair in fairs for each in fair.counted
    ]
