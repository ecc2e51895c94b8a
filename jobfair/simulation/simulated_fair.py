"""One fair, played from a hall on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random

from jobfair.domain.decisions import calling, interviewing, joining, lot, presence, stands
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
from jobfair.simulation.behaviour import MINUTE, Behaviour, InterviewLength, about, rare

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

    Each student and each stand has chance of their own: what is changed at one stand leaves the
    luck of all others as it was, so that two days of one seed differ by that change.
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
        self.starts = starts
        self.now = 0.0
        self.watch: Watch | None = None
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._luck = random.getrandbits(64)
        self._seed: bytes | None = None
        self._chances: dict[str, Random] = {}

    @property
    def moment(self) -> datetime:
        """The simulated time of day."""
        return self.starts + timedelta(seconds=self.now)

    def play(self, seconds: float) -> None:
        """Let time pass until this many seconds after the start."""
        while self._agenda and self._agenda[0][0] < seconds:
            self.now, _, act = heappop(self._agenda)
            act()
        self.now = seconds

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        """Let something happen this many seconds from now."""
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
        """Let a student of the hall arrive this many seconds from now, to join these queues."""
        self.later(seconds, partial(self._arrive, student_id, wishes))

    def prepare_lot(self) -> None:
        """Let the places of all who join before the doors open be drawn then (rule 17)."""
        self._seed = self._chance_of("draw").randbytes(lot.SEED_BYTES)
        self.do(lot.switch_on(self.hall, self._seed))

    def take_part(self, student_id: int, wishes: Sequence[int]) -> None:
        """Let a student join their first queues now, before the doors open.

        The others they join later, as everybody does.
        """
        for company_id in wishes[:AT_ONCE]:
            self._join(student_id, company_id)
        self._join_later(student_id, wishes)

    def expect_breaks(self, company_id: int) -> None:
        """Let a stand take a break now and then."""
        stand = self._of_stand(company_id)
        self.later(rare(stand, self.behaviour.breaks_every), partial(self._break, company_id))

    def go_on(self) -> None:
        """Let those who are in the hall already act: a fair that is under way, from now on."""
        for company in tuple(self.hall.companies.values()):
            if company.recruiting:
                self.expect_breaks(company.id)
            elif not company.has_left:
                stand = self._of_stand(company.id)
                self._for_about(
                    stand, self.behaviour.stand_break, partial(self._resume, company.id)
                )
        for student in tuple(self.hall.students.values()):
            if student.active and any(each.waiting for each in self.hall.entries_by(student.id)):
                if student.status is StudentStatus.PAUSED:
                    luck = self._of_student(student.id)
                    self._for_about(luck, self.behaviour.pause, partial(self._return, student.id))
                self._expect_pause(student.id)
        for entry in tuple(self.hall.entries.values()):
            if entry.live:
                self._go_on_with(entry)

    def _go_on_with(self, entry: Entry) -> None:
        if entry.state is EntryState.RUNNING:
            began = entry.started_at or self.moment
            elapsed = (self.moment - began).total_seconds()
            stand = self._of_stand(entry.company_id)
            rest = self.lengths[entry.company_id].rest(stand, elapsed)
            self.later(rest, partial(self._complete, entry.id))
            return
        if entry.turn is not None:
            self._called(entry.id, entry.turn)
        elif entry.aside:
            self._perhaps_come_back(entry.id)
        self._expect_leaving(entry.id)

    # Chance

    def _of_student(self, student_id: int) -> Random:
        return self._chance_of(f"student {student_id}")

    def _of_stand(self, company_id: int) -> Random:
        return self._chance_of(f"stand {company_id}")

    def _chance_of(self, whose: str) -> Random:
        if whose not in self._chances:
            self._chances[whose] = Random(f"{self._luck} {whose}")
        return self._chances[whose]

    def _for_about(
        self, random: Random, minutes: float, act: Callable[[], None], spread: float = 0.6
    ) -> None:
        self.later(about(random, minutes, spread) * MINUTE, act)

    # What students do

    def _arrive(self, student_id: int, wishes: Sequence[int]) -> None:
        for company_id in wishes[:AT_ONCE]:
            self._join(student_id, company_id)
        self._join_later(student_id, wishes)

    def _join_later(self, student_id: int, wishes: Sequence[int]) -> None:
        student = self._of_student(student_id)
        for company_id in wishes[AT_ONCE:]:
            self.later(rare(student, NEXT_QUEUE), partial(self._join, student_id, company_id))
        self._expect_pause(student_id)

    def _join(self, student_id: int, company_id: int) -> None:
        verdict = joining.join(self.hall, student_id, company_id)
        if isinstance(verdict, Refusal):
            if verdict.code in MAY_CHANGE:
                self._refused(student_id, company_id, verdict.code)
            return
        entry_id = self.hall.number + 1
        self.do(verdict)
        self._expect_leaving(entry_id)

    def _refused(self, student_id: int, company_id: int, code: StrEnum) -> None:
        student = self._of_student(student_id)
        if code is Code.QUEUE_FULL and student.random() < self.behaviour.elsewhere:
            others = [each.id for each in self.hall.companies.values() if not each.full]
            company_id = student.choice(others or [company_id])
        again = partial(self._join, student_id, company_id)
        self.later(rare(student, self.behaviour.tries_again), again)

    def _expect_leaving(self, entry_id: int) -> None:
        student = self._of_student(self.hall.entries[entry_id].student_id)
        self.later(rare(student, self.behaviour.leaves_every), partial(self._leave, entry_id))

    def _leave(self, entry_id: int) -> None:
        self.do(joining.leave(self.hall, entry_id))

    def _expect_pause(self, student_id: int) -> None:
        student = self._of_student(student_id)
        self.later(rare(student, self.behaviour.pauses_every), partial(self._pause, student_id))

    def _pause(self, student_id: int) -> None:
        if not any(entry.live for entry in self.hall.entries_by(student_id)):
            return
        self.do(presence.change_status(self.hall, student_id, StudentStatus.PAUSED))
        student = self._of_student(student_id)
        self._for_about(student, self.behaviour.pause, partial(self._return, student_id))
        self._expect_pause(student_id)

    def _return(self, student_id: int) -> None:
        self.do(presence.change_status(self.hall, student_id, StudentStatus.AVAILABLE))

    def _called(self, entry_id: int, turn: int) -> None:
        student = self._of_student(self.hall.entries[entry_id].student_id)
        if student.random() < self.behaviour.no_show:
            self._for_about(student, 5, partial(self._absent, entry_id, turn), 0.4)
        else:
            self._for_about(student, self.behaviour.walk, partial(self._start, entry_id, turn))

    def _perhaps_come_back(self, entry_id: int) -> None:
        student = self._of_student(self.hall.entries[entry_id].student_id)
        if student.random() < self.behaviour.come_back:
            self._for_about(student, 12, partial(self._come_back, entry_id))

    def _come_back(self, entry_id: int) -> None:
        self.do(calling.come_back(self.hall, entry_id))

    def _start(self, entry_id: int, turn: int) -> None:
        entry = self.hall.entries[entry_id]
        if entry.turn == turn and self.do(interviewing.start(self.hall, entry_id)):
            length = self.lengths[entry.company_id].draw(self._of_stand(entry.company_id))
            self.later(length, partial(self._complete, entry_id))

    # What stands do

    def _absent(self, entry_id: int, turn: int) -> None:
        if self.hall.entries[entry_id].turn == turn:
            self.do(calling.set_aside(self.hall, entry_id, AsideBecause.ABSENT))
            self._perhaps_come_back(entry_id)

    def _complete(self, entry_id: int) -> None:
        student_id = self.hall.entries[entry_id].student_id
        self.do(interviewing.complete(self.hall, entry_id))
        student = self._of_student(student_id)
        self._for_about(student, self.behaviour.rest, partial(self._return, student_id), 0.7)

    def _break(self, company_id: int) -> None:
        self.do(stands.set_status(self.hall, company_id, CompanyStatus.PAUSED))
        stand, resume = self._of_stand(company_id), partial(self._resume, company_id)
        self._for_about(stand, self.behaviour.stand_break, resume, 0.5)
        self.expect_breaks(company_id)

    def _resume(self, company_id: int) -> None:
        self.do(stands.set_status(self.hall, company_id, CompanyStatus.RECRUITING))

    def open(self) -> None:
        """Open the fair's doors, and deal the places that are to be drawn."""
        self.do(stands.set_phase(self.hall, Phase.OPEN, self._seed))
