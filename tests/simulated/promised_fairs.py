"""Fairs of several kinds played by chance, to hold what was promised against what came.

Every few minutes each student who waits is
promised a range; what came is the time until it would have been their turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

from jobfair.domain.events import InterviewCompleted, Recorded
from jobfair.domain.state import Company, Entry, Hall, Presence, Student
from jobfair.domain.turns import calls
from jobfair.domain.waiting_time import Ahead, DurationModel, WaitForecast, duration_model
from jobfair.simulation.behaviour import MINUTE, Behaviour, InterviewLength
from jobfair.simulation.simulated_fair import SimulatedFair
from tests.domain.a_hall import NINE

ASKED_EVERY = 5 * MINUTE
USUAL = Behaviour()


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
    behaviour: Behaviour = USUAL
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


class PromisedFair:
    """One fair of a kind, by a seed. `play` lasts from the opening to the close."""

    def __init__(self, kind: Kind, seed: int) -> None:
        self.kind = kind
        self.promises: list[Promise] = []
        self.hidden = 0
        self._open: defaultdict[int, list[Promise]] = defaultdict(list)
        self._lengths: defaultdict[int, list[float]] = defaultdict(list)
        self._fair: list[float] = []
        self.fair = a_fair(kind, Random(seed))
        self.fair.watch = self._watch
        self.fair.later(ASKED_EVERY, self._ask)

    def play(self) -> None:
        """Let the day pass."""
        self.fair.play(self.kind.hours * 60 * MINUTE)
        for entry_id in tuple(self._open):
            self._close(entry_id)

    def _watch(self, recorded: Sequence[Recorded]) -> None:
        for each in recorded:
            if isinstance(each.event, InterviewCompleted):
                self._learn(self.fair.hall.entries[each.event.entry_id])
        for company_id in {each for row in recorded for each in row.touched}:
            self._settle(company_id)

    def _learn(self, entry: Entry) -> None:
        began = entry.called_at or entry.started_at
        assert began is not None
        seconds = (self.fair.moment - began).total_seconds()
        self._lengths[entry.company_id].append(seconds)
        self._fair.append(seconds)

    def _ask(self) -> None:
        for company in self.fair.hall.companies.values():
            known = duration_model(self._lengths[company.id][-30:], self._fair[-200:])
            self._promise(company, None if known is None else self._forecast(company, known))
        self.fair.later(ASKED_EVERY, self._ask)

    def _forecast(self, company: Company, known: DurationModel) -> WaitForecast | None:
        hall, moment = self.fair.hall, self.fair.moment
        if not calls(hall, company):
            return None
        held = [
            (moment - (entry.called_at or entry.started_at or moment)).total_seconds()
            for entry in hall.entries_of(company.id)
            if entry.running or entry.turn is not None
        ]
        return WaitForecast(known, company.slots, company.running, held)

    def _promise(self, company: Company, forecast: WaitForecast | None) -> None:
        ahead: list[Entry] = []
        for entry in self.fair.hall.waiting_at(company.id):
            if not entry.aside and entry.turn is None:
                said = None if forecast is None else forecast.wait(counted(ahead))
                if said is None:
                    self.hidden += 1
                else:
                    promise = Promise(self.fair.now, *said)
                    self.promises.append(promise)
                    self._open[entry.id].append(promise)
            ahead.append(entry)

    def _settle(self, company_id: int) -> None:
        """Keep the promises of those whose turn it is, or would be if they were there."""
        hall = self.fair.hall
        company = hall.companies[company_id]
        ready = 0
        may = calls(hall, company)
        for entry in hall.waiting_at(company_id):
            if may and not entry.aside and ready < company.free_slots:
                for promise in self._open.pop(entry.id, ()):
                    promise.came = (self.fair.now - promise.at) / MINUTE
            ready += entry.ready
        for entry in hall.entries_of(company_id):
            if not entry.waiting or entry.aside:
                self._close(entry.id)

    def _close(self, entry_id: int) -> None:
        for promise in self._open.pop(entry_id, ()):
            promise.over = (self.fair.now - promise.at) / MINUTE


def a_fair(kind: Kind, random: Random) -> SimulatedFair:
    """A fair of a kind, open, to which everybody is still to come."""
    hall = Hall()
    lengths = {}
    for company_id in range(1, kind.companies + 1):
        hall.put(Company(company_id, f"Company {company_id}", slots=random.choice(kind.slots)))
        mean = InterviewLength.about(kind.length, kind.companies_differ).draw(random) / MINUTE
        lengths[company_id] = InterviewLength.about(mean, kind.interviews_differ)
    fair = SimulatedFair(hall, lengths, kind.behaviour, random, NINE)
    for company_id in hall.companies:
        fair.expect_breaks(company_id)
    for student_id in range(1, kind.students + 1):
        hall.put(Student(student_id))
        wishes = random.sample(sorted(hall.companies), random.choice(kind.wishes))
        fair.expect(student_id, random.uniform(0, kind.arrivals) * MINUTE, wishes)
    return fair


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
    Kind(
        "Restless",
        behaviour=Behaviour(no_show=0.15, pauses_every=30, leaves_every=90, breaks_every=90),
    ),
    Kind("Stands very unlike", companies_differ=0.7, interviews_differ=0.7),
    Kind("Short talks", length=4, companies_differ=0.25, companies=8, students=140),
    Kind("Calm, short queues", students=70, arrivals=200),
)


def simulated(kind: Kind, seeds: Sequence[int]) -> tuple[list[Promise], int]:
    """The promises of several fairs of a kind, and how often nothing was said."""
    fairs = [PromisedFair(kind, seed) for seed in seeds]
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
