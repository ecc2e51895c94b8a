"""A whole fair played by chance on the rules, to hold what was promised against what came.

Every act goes through the domain's own decisions. Every few minutes each student who waits is
promised a range; what came is the time until it would have been their turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from math import log
from random import Random
from statistics import median

from jobfair.domain import (
    calling,
    interviewing,
    joining,
    presence,
    stands,
)
from jobfair.domain.events import Event, InterviewCompleted, TurnCame
from jobfair.domain.evolve import advance
from jobfair.domain.reasons import AsideBecause
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import (
    Company,
    CompanyStatus,
    Entry,
    Hall,
    Presence,
    Student,
    StudentStatus,
)
from jobfair.domain.turns import calls
from jobfair.domain.waiting_time import (
    Ahead,
    DurationModel,
    WaitForecast,
    duration_model,
)
from tests.domain.a_hall import NINE

MINUTE = 60.0
ASKED_EVERY = 5 * MINUTE


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of fair is like. Lengths and times are in minutes, chances from 0 to 1."""

    name: str
    companies: int = 12
    students: int = 130
    slots: Sequence[int] = (1,)
    wishes: Sequence[int] = (2, 3, 4)
    length: float = 10.0
    companies_differ: float = 0.35
    interviews_differ: float = 0.45
    arrivals: float = 120.0
    walk: float = 1.5
    no_show: float = 0.04
    pauses_every: float = 90.0
    leaves_every: float = 240.0
    breaks_every: float = 240.0
    hours: float = 3.5


@dataclass(slots=True)
class Promise:
    """What was said to one student at one moment, in minutes, and what came."""

    at: float
    low: int
    high: int
    came: float | None = None
    over: float | None = None

    @property
    def kept(self) -> bool | None:
        """Whether the wait fell into the range; None when nobody can say."""
        if self.came is not None:
            return self.low <= self.came <= self.high
        # It did not come before the student left or the doors closed: a promise too short.
        return False if self.over is not None and self.over > self.high else None


@dataclass(frozen=True, slots=True)
class Score:
    """How the promises of a fair did."""

    name: str
    promises: int
    kept: float
    early: float
    late: float
    wait: float
    width: float
    relative: float
    hidden: float


@dataclass
class SimulatedFair:
    """One fair of a kind, by a seed. `play` lasts from the opening to the close."""

    kind: Kind
    seed: int
    promises: list[Promise] = field(default_factory=list)
    hidden: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.hall = Hall()
        self.now = 0.0
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._open: defaultdict[int, list[Promise]] = defaultdict(list)
        self._lengths: defaultdict[int, list[float]] = defaultdict(list)
        self._fair: list[float] = []
        self._means: dict[int, float] = {}
        for company_id in range(1, self.kind.companies + 1):
            slots = self.random.choice(self.kind.slots)
            self.hall.put(Company(company_id, f"Company {company_id}", slots=slots))
            self._means[company_id] = self._about(self.kind.length, self.kind.companies_differ)
            self._later(self._rare(self.kind.breaks_every), partial(self._break, company_id))
        for student_id in range(1, self.kind.students + 1):
            self.hall.put(Student(student_id))
            at = self.random.uniform(0, self.kind.arrivals) * MINUTE
            self._later(at, partial(self._arrive, student_id))
        self._later(ASKED_EVERY, self._ask)

    def play(self) -> None:
        """Let the day pass."""
        while self._agenda and self._agenda[0][0] < self.kind.hours * 60 * MINUTE:
            self.now, _, act = heappop(self._agenda)
            act()
        for entry_id in tuple(self._open):
            self._close(entry_id)

    # Chance

    def _about(self, mean: float, differ: float) -> float:
        """Around a mean, never below nothing, now and then much more."""
        return self.random.lognormvariate(log(mean) - differ**2 / 2, differ)

    def _rare(self, every: float) -> float:
        return self.random.expovariate(1 / (every * MINUTE))

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        heappush(self._agenda, (self.now + seconds, next(self._order), act))

    # Acts

    @property
    def moment(self) -> datetime:
        return NINE + timedelta(seconds=self.now)

    def _do(self, verdict: tuple[Event, ...] | Refusal) -> bool:
        if isinstance(verdict, Refusal):
            return False
        recorded = advance(self.hall, verdict, self.moment)
        for each in recorded:
            match each.event:
                case TurnCame():
                    self._called(each.event.entry_id, each.number)
                case InterviewCompleted():
                    self._learn(self.hall.entries[each.event.entry_id])
                case _:
                    pass
        for company_id in {each for row in recorded for each in row.touched}:
            self._settle(company_id)
        return True

    def _learn(self, entry: Entry) -> None:
        began = entry.called_at or entry.started_at
        assert began is not None
        seconds = (self.moment - began).total_seconds()
        self._lengths[entry.company_id].append(seconds)
        self._fair.append(seconds)

    def _arrive(self, student_id: int) -> None:
        wishes = self.random.choice(self.kind.wishes)
        chosen = self.random.sample(sorted(self.hall.companies), wishes)
        for at, company_id in enumerate(chosen):
            pause = 0.0 if at < 2 else self._rare(20)
            self._later(pause, partial(self._join, student_id, company_id))
        self._later(self._rare(self.kind.pauses_every), lambda: self._pause(student_id))

    def _join(self, student_id: int, company_id: int) -> None:
        before = self.hall.number
        if self._do(joining.join(self.hall, student_id, company_id)):
            self._later(self._rare(self.kind.leaves_every), lambda: self._leave(before + 1))

    def _leave(self, entry_id: int) -> None:
        self._do(joining.leave(self.hall, entry_id))

    def _pause(self, student_id: int) -> None:
        self._do(presence.change_status(self.hall, student_id, StudentStatus.PAUSED))
        self._later(self._about(12, 0.6) * MINUTE, lambda: self._return(student_id))
        self._later(self._rare(self.kind.pauses_every), lambda: self._pause(student_id))

    def _return(self, student_id: int) -> None:
        self._do(presence.change_status(self.hall, student_id, StudentStatus.AVAILABLE))

    def _break(self, company_id: int) -> None:
        self._do(stands.set_status(self.hall, company_id, CompanyStatus.PAUSED))
        self._later(self._about(12, 0.5) * MINUTE, lambda: self._resume(company_id))
        self._later(self._rare(self.kind.breaks_every), lambda: self._break(company_id))

    def _resume(self, company_id: int) -> None:
        self._do(stands.set_status(self.hall, company_id, CompanyStatus.RECRUITING))

    def _called(self, entry_id: int, turn: int) -> None:
        if self.random.random() < self.kind.no_show:
            self._later(self._about(5, 0.4) * MINUTE, lambda: self._absent(entry_id, turn))
        else:
            walk = self._about(self.kind.walk, 0.6) * MINUTE
            self._later(walk, lambda: self._start(entry_id, turn))

    def _absent(self, entry_id: int, turn: int) -> None:
        entry = self.hall.entries[entry_id]
        if entry.turn == turn:
            self._do(calling.set_aside(self.hall, entry_id, AsideBecause.ABSENT))
            if self.random.random() < 0.7:
                self._later(self._about(12, 0.6) * MINUTE, lambda: self._come_back(entry_id))

    def _come_back(self, entry_id: int) -> None:
        self._do(calling.come_back(self.hall, entry_id))

    def _start(self, entry_id: int, turn: int) -> None:
        entry = self.hall.entries[entry_id]
        if entry.turn == turn and self._do(interviewing.start(self.hall, entry_id)):
            mean = self._means[entry.company_id]
            length = self._about(mean, self.kind.interviews_differ) * MINUTE
            self._later(length, lambda: self._complete(entry_id))

    def _complete(self, entry_id: int) -> None:
        student_id = self.hall.entries[entry_id].student_id
        self._do(interviewing.complete(self.hall, entry_id))
        self._later(self._about(5, 0.7) * MINUTE, lambda: self._return(student_id))

    # Promises

    def _ask(self) -> None:
        for company in self.hall.companies.values():
            known = duration_model(self._lengths[company.id][-30:], self._fair[-200:])
            promised = None if known is None else self._prospect(company, known)
            self._promise(company, promised)
        self._later(ASKED_EVERY, self._ask)

    def _prospect(self, company: Company, known: DurationModel) -> WaitForecast | None:
        if not calls(self.hall, company):
            return None
        held = [
            (self.moment - (entry.called_at or entry.started_at or self.moment)).total_seconds()
            for entry in self.hall.entries_of(company.id)
            if entry.running or entry.turn is not None
        ]
        return WaitForecast(known, company.slots, company.running, held)

    def _promise(self, company: Company, prospect: WaitForecast | None) -> None:
        ahead: list[Entry] = []
        for entry in self.hall.waiting_at(company.id):
            if not entry.aside and entry.turn is None:
                said = None if prospect is None else prospect.wait(counted(ahead))
                if said is None:
                    self.hidden += 1
                else:
                    promise = Promise(self.now, *said)
                    self.promises.append(promise)
                    self._open[entry.id].append(promise)
            ahead.append(entry)

    def _settle(self, company_id: int) -> None:
        """Keep the promises of those whose turn it is, or would be if they were there."""
        company = self.hall.companies[company_id]
        ready = 0
        may = calls(self.hall, company)
        for entry in self.hall.waiting_at(company_id):
            if may and not entry.aside and ready < company.free_slots:
                for promise in self._open.pop(entry.id, ()):
                    promise.came = (self.now - promise.at) / MINUTE
            ready += entry.ready
        for entry in self.hall.entries_of(company_id):
            if not entry.waiting or entry.aside:
                self._close(entry.id)

    def _close(self, entry_id: int) -> None:
        for promise in self._open.pop(entry_id, ()):
            promise.over = (self.now - promise.at) / MINUTE


def counted(entries: Sequence[Entry]) -> Ahead:
    """Entries by what keeps them from being called."""
    return Ahead(
        ready=sum(entry.ready for entry in entries),
        paused=sum(not e.aside and e.presence is Presence.PAUSED for e in entries),
        elsewhere=sum(not e.aside and e.presence is Presence.IN_INTERVIEW for e in entries),
        aside=sum(e.aside for e in entries),
    )


KINDS = (
    Kind("One queue each", wishes=(1,), students=170),
    Kind("Two to four queues each"),
    Kind("Five to eight queues each", wishes=(5, 6, 8), students=70),
    Kind("Stands with two to five seats", slots=(2, 3, 4, 5), companies=6, students=150),
    Kind("Everybody at the opening", arrivals=10, students=100),
    Kind("Restless", no_show=0.15, pauses_every=30, leaves_every=90, breaks_every=90),
    Kind("Stands very unlike", companies_differ=0.7, interviews_differ=0.7),
    Kind("Short talks", length=4, companies_differ=0.25, companies=8, students=140),
    Kind("Calm, short queues", students=70, arrivals=200),
)


def simulated(kind: Kind, seeds: Sequence[int]) -> tuple[list[Promise], int]:
    """The promises of several fairs of a kind, and how often nothing was said."""
    fairs = [SimulatedFair(kind, seed) for seed in seeds]
    for fair in fairs:
        fair.play()
    return [each for fair in fairs for each in fair.promises], sum(fair.hidden for fair in fairs)


def score(name: str, promises: Sequence[Promise], hidden: int) -> Score:
    """How promises did that came true or did not."""
    judged = [each for each in promises if each.kept is not None]
    came = [each for each in judged if each.came is not None]
    early = sum(each.came is not None and each.came < each.low for each in judged)
    kept = sum(each.kept is True for each in judged)
    return Score(
        name,
        len(judged),
        kept / len(judged),
        early / len(judged),
        1 - (kept + early) / len(judged),
        median(each.came for each in came if each.came is not None),
        median(each.high - each.low for each in came),
        median((each.high - each.low) / max(each.came or 0, 5) for each in came),
        hidden / (hidden + len(promises)),
    )
