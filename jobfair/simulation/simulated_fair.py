"""One fair, played from a hall on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from math import log
from random import Random

from jobfair.domain import calling, interviewing, joining, presence, stands
from jobfair.domain.events import Event, Recorded, TurnCame
from jobfair.domain.evolve import advance
from jobfair.domain.reasons import AsideBecause
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import (
    CompanyStatus,
    Entry,
    EntryState,
    Hall,
    Phase,
    StudentStatus,
)
from jobfair.simulation.behaviour import MINUTE, Behaviour, InterviewLength

Watch = Callable[[Sequence[Recorded]], None]
"""Told what each act brought, in the order of the journal."""

AT_ONCE = 2
"""How many queues somebody who arrives joins at once; each other one they join later."""

NEXT_QUEUE = 20.0
"""Minutes until they join each other one, on average."""

MAY_CHANGE = frozenset({Code.COMPANY_PAUSED, Code.QUEUE_CLOSED, Code.QUEUE_FULL})
"""The refusals of a join after which somebody tries again later."""


class SimulatedFair:
    """A hall in which people act from `starts` on.

    Takes the hall, which it changes, how long the interviews of each company last, how people
    act, and chance. `now` is in seconds since `starts`. `watch` may be set to see what happens.
    """

    def __init__(
        self,
        hall: Hall,
        lengths: Mapping[int, InterviewLength],
        behaviour: Behaviour,
        random: Random,
        starts: datetime,
    ) -> None:
        self.hall = hall
        self.lengths = lengths
        self.behaviour = behaviour
        self.random = random
        self.starts = starts
        self.now = 0.0
        self.watch: Watch | None = None
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()

    @property
    def moment(self) -> datetime:
        """The simulated time of day."""
        return self.starts + timedelta(seconds=self.now)

    def play(self, seconds: float) -> None:
        """Let time pass until so many seconds after the start."""
        while self._agenda and self._agenda[0][0] < seconds:
            self.now, _, act = heappop(self._agenda)
            act()
        self.now = seconds

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Let something happen so many seconds from now."""
        heappush(self._agenda, (self.now + seconds, next(self._order), act))

    def do(self, verdict: tuple[Event, ...] | Refusal) -> bool:
        """Carry a decision out, and let those who are called by it come or not.

        Returns whether it was allowed.
        """
        if isinstance(verdict, Refusal):
            return False
        recorded = advance(self.hall, verdict, self.moment)
        for each in recorded:
            if isinstance(each.event, TurnCame):
                self._called(each.event.entry_id, each.number)
        if self.watch is not None:
            self.watch(recorded)
        return True

    # Beginnings

    def expect(self, student_id: int, seconds: float, wishes: Sequence[int]) -> None:
        """Let a student of the hall arrive so many seconds from now, to join these queues."""
        self.later(seconds, partial(self._arrive, student_id, wishes))

    def expect_breaks(self, company_id: int) -> None:
        """Let a stand take a break now and then."""
        self.later(self._rare(self.behaviour.breaks_every), partial(self._break, company_id))

    def go_on(self) -> None:
        """Let those who are in the hall already act: a fair that is under way, from now on."""
        for company in tuple(self.hall.companies.values()):
            if company.recruiting:
                self.expect_breaks(company.id)
            elif not company.has_left:
                self._for_about(self.behaviour.stand_break, partial(self._resume, company.id))
        for student in tuple(self.hall.students.values()):
            if student.active and any(each.waiting for each in self.hall.entries_by(student.id)):
                if student.status is StudentStatus.PAUSED:
                    self._for_about(self.behaviour.pause, partial(self._return, student.id))
                self._expect_pause(student.id)
        for entry in tuple(self.hall.entries.values()):
            if entry.live:
                self._go_on_with(entry)

    def _go_on_with(self, entry: Entry) -> None:
        if entry.state is EntryState.RUNNING:
            began = entry.started_at or self.moment
            elapsed = (self.moment - began).total_seconds()
            rest = self.lengths[entry.company_id].rest(self.random, elapsed)
            self.later(rest, partial(self._complete, entry.id))
            return
        if entry.turn is not None:
            self._called(entry.id, entry.turn)
        elif entry.aside:
            self._perhaps_come_back(entry.id)
        self._expect_leaving(entry.id)

    # Chance

    def _about(self, mean: float, spread: float) -> float:
        """Around a mean, never below nothing, now and then much more."""
        return self.random.lognormvariate(log(mean) - spread**2 / 2, spread)

    def _rare(self, every: float) -> float:
        """The seconds until something happens that happens every so many minutes."""
        return self.random.expovariate(1 / (every * MINUTE))

    def _for_about(self, minutes: float, act: Callable[[], None], spread: float = 0.6) -> None:
        self.later(self._about(minutes, spread) * MINUTE, act)

    # What students do

    def _arrive(self, student_id: int, wishes: Sequence[int]) -> None:
        for at, company_id in enumerate(wishes):
            pause = 0.0 if at < AT_ONCE else self._rare(NEXT_QUEUE)
            self.later(pause, partial(self._join, student_id, company_id))
        self._expect_pause(student_id)

    def _join(self, student_id: int, company_id: int) -> None:
        verdict = joining.join(self.hall, student_id, company_id)
        if isinstance(verdict, Refusal):
            if verdict.code in MAY_CHANGE:
                again = partial(self._join, student_id, company_id)
                self.later(self._rare(self.behaviour.tries_again), again)
            return
        entry_id = self.hall.number + 1
        self.do(verdict)
        self._expect_leaving(entry_id)

    def _expect_leaving(self, entry_id: int) -> None:
        self.later(self._rare(self.behaviour.leaves_every), partial(self._leave, entry_id))

    def _leave(self, entry_id: int) -> None:
        self.do(joining.leave(self.hall, entry_id))

    def _expect_pause(self, student_id: int) -> None:
        self.later(self._rare(self.behaviour.pauses_every), partial(self._pause, student_id))

    def _pause(self, student_id: int) -> None:
        if not any(entry.live for entry in self.hall.entries_by(student_id)):
            return
        self.do(presence.change_status(self.hall, student_id, StudentStatus.PAUSED))
        self._for_about(self.behaviour.pause, partial(self._return, student_id))
        self._expect_pause(student_id)

    def _return(self, student_id: int) -> None:
        self.do(presence.change_status(self.hall, student_id, StudentStatus.AVAILABLE))

    def _called(self, entry_id: int, turn: int) -> None:
        if self.random.random() < self.behaviour.no_show:
            self._for_about(5, partial(self._absent, entry_id, turn), 0.4)
        else:
            self._for_about(self.behaviour.walk, partial(self._start, entry_id, turn))

    def _perhaps_come_back(self, entry_id: int) -> None:
        if self.random.random() < self.behaviour.come_back:
            self._for_about(12, partial(self._come_back, entry_id))

    def _come_back(self, entry_id: int) -> None:
        self.do(calling.come_back(self.hall, entry_id))

    def _start(self, entry_id: int, turn: int) -> None:
        entry = self.hall.entries[entry_id]
        if entry.turn == turn and self.do(interviewing.start(self.hall, entry_id)):
            length = self.lengths[entry.company_id].draw(self.random)
            self.later(length, partial(self._complete, entry_id))

    # What stands do

    def _absent(self, entry_id: int, turn: int) -> None:
        if self.hall.entries[entry_id].turn == turn:
            self.do(calling.set_aside(self.hall, entry_id, AsideBecause.ABSENT))
            self._perhaps_come_back(entry_id)

    def _complete(self, entry_id: int) -> None:
        student_id = self.hall.entries[entry_id].student_id
        self.do(interviewing.complete(self.hall, entry_id))
        self._for_about(self.behaviour.rest, partial(self._return, student_id), 0.7)

    def _break(self, company_id: int) -> None:
        self.do(stands.set_status(self.hall, company_id, CompanyStatus.PAUSED))
        self._for_about(self.behaviour.stand_break, partial(self._resume, company_id), 0.5)
        self.expect_breaks(company_id)

    def _resume(self, company_id: int) -> None:
        self.do(stands.set_status(self.hall, company_id, CompanyStatus.RECRUITING))

    def open(self) -> None:
        """Open the fair's doors."""
        self.do(stands.set_phase(self.hall, Phase.OPEN))
