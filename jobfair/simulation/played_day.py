"""One day of a plan, played from the opening to the close, and what came of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate
from random import Random
from statistics import fmean

from jobfair.domain.decisions import stands
from jobfair.domain.events import (
    InterviewStarted,
    Left,
    Recorded,
    TurnCame,
    TurnEnded,
)
from jobfair.domain.state import Company, Hall, Phase, Student
from jobfair.simulation.behaviour import MINUTE, InterviewLength
from jobfair.simulation.plan import (
    INTERVIEWS_DIFFER,
    Change,
    Limit,
    Longer,
    Opening,
    Plan,
    Seat,
)
from jobfair.simulation.simulated_fair import SimulatedFair

MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)
"""Of a day of no date."""

MEETS_ENOUGH = 3
"""Companies that somebody meets for whom the day was worth the way."""

TO_THE_QUEUES = 5.0
"""Minutes in which those before the doors have all come in, and joined their first queues."""


@dataclass(frozen=True, slots=True)
class Day:
    """What came of a day.

    `waits` are the minutes of every interview from joining to its start. `by_hour` has for a stand
    and an hour of the day how many interviews began and their mean wait, `waiting` how many waited
    at a stand at the beginning of an hour, `unmet` how many gave up there or waited at the close.
    `idle` are the minutes in which a seat was free and nobody called to it, `away` those of them in
    which somebody waited there who could not come.
    """

    interviews: int
    enough: int
    nobody: int
    idle: float
    away: float
    waits: Sequence[float]
    by_hour: dict[tuple[int, int], tuple[int, float]]
    waiting: dict[tuple[int, int], int]
    unmet: dict[int, int]


def play(plan: Plan, seed: int, change: Change | None = None) -> Day:
    """Play a day by a seed, with one thing changed or none.

    The same seed brings the same people with the same wishes and luck.
    """
    if isinstance(change, Longer):
        plan = replace(plan, closes=plan.closes + change.minutes)
    random = Random(seed)
    fair = _fair(plan, random, change.waiting if isinstance(change, Limit) else None)
    seats = _Seats(fair)
    fair.watch = seats.watch
    _expect_everybody(fair, plan, random)
    fair.open()
    if isinstance(change, Seat):
        seconds = (change.since - plan.opens) * MINUTE
        fair.later(max(0.0, seconds), partial(_add_seat, fair, change.stand))
    waiting: dict[tuple[int, int], int] = {}
    for hour in range(plan.opens // 60, -(-plan.closes // 60)):
        fair.play(max(0, hour * 60 - plan.opens) * MINUTE)
        waiting |= {(each.id, hour): each.waiting for each in fair.hall.companies.values()}
    fair.play((plan.closes - plan.opens) * MINUTE)
    return seats.day(plan, waiting)


def _fair(plan: Plan, random: Random, limit: int | None) -> SimulatedFair:
    hall = Hall(Phase.PREPARING)
    for number, stand in enumerate(plan.stands):
        limits = [each for each in (stand.queue_limit, limit) if each is not None]
        company = Company(number, stand.name, slots=stand.slots)
        hall.put(replace(company, queue_limit=min(limits, default=None)))
    for number in range(plan.students):
        hall.put(Student(number))
    lengths = {
        number: InterviewLength.about(stand.length, INTERVIEWS_DIFFER)
        for number, stand in enumerate(plan.stands)
    }
    starts = MIDNIGHT.replace(hour=plan.opens // 60, minute=plan.opens % 60)
    return SimulatedFair(hall, lengths, plan.behaviour, random, starts)


def _expect_everybody(fair: SimulatedFair, plan: Plan, random: Random) -> None:
    for number in fair.hall.companies:
        fair.expect_breaks(number)
    wanted = list(accumulate(stand.wanted for stand in plan.stands))
    if plan.opening is Opening.LOT:
        fair.prepare_lot()
    for student_id in fair.hall.students:
        wishes = _wishes(random, wanted, plan.wishes)
        is_early, at = random.random() < plan.early, random.random()
        if not is_early:
            fair.expect(student_id, at * plan.arrivals * MINUTE, wishes)
        elif plan.opening is Opening.LOT:
            fair.take_part(student_id, wishes)
        else:
            fair.expect(student_id, at * TO_THE_QUEUES * MINUTE, wishes)


def _wishes(random: Random, wanted: Sequence[float], about: int) -> Sequence[int]:
    """The companies that somebody wants to meet, none twice, in the order of their wishes."""
    most = min(len(wanted), max(1, about + random.choice((-1, 0, 1))))
    chosen: dict[int, None] = {}
    # One that everybody wants is drawn again and again: then some have a wish less.
    for number in random.choices(range(len(wanted)), cum_weights=wanted, k=4 * most):
        chosen[number] = None
        if len(chosen) == most:
            break
    return tuple(chosen)


def _add_seat(fair: SimulatedFair, number: int) -> None:
    slots = fair.hall.companies[number].slots
    fair.do(stands.set_slots(fair.hall, number, slots + 1))


class _Seats:
    """Watches a fair: what begins where, and how long seats stand free with nobody called."""

    def __init__(self, fair: SimulatedFair) -> None:
        self._fair = fair
        self._waits: list[float] = []
        self._met: Counter[int] = Counter()
        self._unmet: Counter[int] = Counter()
        self._by_hour: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
        self._called: Counter[int] = Counter()
        # Of each stand since when, how many seats were idle, and whether somebody waited.
        self._idle: dict[int, tuple[float, int, bool]] = {}
        self._minutes = {False: 0.0, True: 0.0}

    def watch(self, recorded: Sequence[Recorded]) -> None:
        touched: set[int] = set()
        for each in recorded:
            touched |= each.touched
            match each.event:
                case TurnCame(company_id=number):
                    self._called[number] += 1
                case TurnEnded(company_id=number):
                    self._called[number] -= 1
                case InterviewStarted():
                    self._began(each.event)
                case Left(company_id=number):
                    self._unmet[number] += 1
                case _:
                    pass
        for number in touched:
            self._look(number)

    def _began(self, event: InterviewStarted) -> None:
        entry = self._fair.hall.entries[event.entry_id]
        self._called[event.company_id] -= 1
        self._met[event.student_id] += 1
        joined = entry.created_at or self._fair.moment
        wait = (self._fair.moment - joined).total_seconds() / MINUTE
        self._waits.append(wait)
        self._by_hour[event.company_id, self._fair.moment.hour].append(wait)

    def _look(self, number: int) -> None:
        company = self._fair.hall.companies[number]
        since, seats, somebody = self._idle.get(number, (0.0, 0, False))
        self._minutes[somebody] += (self._fair.now - since) * seats / MINUTE
        opened = self._fair.hall.phase is Phase.OPEN and company.recruiting
        free = company.free_slots - self._called[number] if opened else 0
        self._idle[number] = (self._fair.now, max(0, free), company.waiting > 0)

    def day(self, plan: Plan, waiting: dict[tuple[int, int], int]) -> Day:
        """What came of the day; it is over."""
        hall = self._fair.hall
        for number, company in hall.companies.items():
            self._look(number)
            self._unmet[number] += company.waiting
        return Day(
            interviews=len(self._waits),
            enough=sum(times >= MEETS_ENOUGH for times in self._met.values()),
            nobody=plan.students - len(self._met),
            idle=sum(self._minutes.values()),
            away=self._minutes[True],
            waits=sorted(self._waits),
            by_hour={key: (len(waits), fmean(waits)) for key, waits in self._by_hour.items()},
            waiting=waiting,
            unmet=dict(self._unmet),
        )
