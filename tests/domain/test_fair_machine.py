"""Unlikely fairs by the thousand: anything may happen in any order, and the rules hold.

What must hold is in `watched_fair`; here is only who may do what.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from jobfair.domain.state import DoorSign, EntryState, Phase, StudentStatus
from tests.domain.a_hall import Refused
from tests.domain.watched_fair import WatchedFair

which = st.integers(0, 59)
"""A student, a company or an entry, of those there are at that moment."""

T = TypeVar("T")
WAITING, RUNNING, DONE = EntryState.WAITING, EntryState.RUNNING, EntryState.DONE


class FairMachine(RuleBasedStateMachine):
    """A few companies and students, and everybody who may do something there."""

    def __init__(self) -> None:
        super().__init__()
        self.fair = WatchedFair("Ana", "Bob", "Cléo", "Dan", "Eve", Acme=1, Globex=1, Initech=2)

    def student(self, number: int) -> str:
        there = self.fair.hall.students
        return pick([n for n, each in self.fair.students.items() if each in there], number)

    def company(self, number: int) -> str:
        there = self.fair.hall.companies
        return pick([n for n, each in self.fair.companies.items() if each in there], number)

    def on_entry(self, act: Callable[[str, str], None], number: int, state: EntryState) -> None:
        """Act on an entry in this state, if there is one, else on any other."""
        entries = list(self.fair.hall.entries.values())
        fitting = [entry for entry in entries if entry.state is state] or entries
        if fitting:
            entry = pick(fitting, number)
            with suppress(Refused):
                act(self.fair.name(entry.student_id), self.fair.name(entry.company_id))

    # Students

    @rule(who=which, where=which)
    def join(self, who: int, where: int) -> None:
        with suppress(Refused):
            self.fair.joins(self.student(who), self.company(where))

    @rule(entry=which)
    def leave(self, entry: int) -> None:
        self.on_entry(self.fair.leaves, entry, WAITING)

    @rule(who=which)
    def leave_all(self, who: int) -> None:
        self.fair.leaves_all(self.student(who))

    @rule(entry=which)
    def start(self, entry: int) -> None:
        self.on_entry(self.fair.starts, entry, WAITING)

    @precondition(lambda self: self.fair.called_entries())
    @rule(entry=which)
    def start_when_called(self, entry: int) -> None:
        self.fair.starts(*pick(self.fair.called_entries(), entry))

    @rule(entry=which, seconds=st.sampled_from([0, 60, 61]), state=st.sampled_from([RUNNING, DONE]))
    def undo_start(self, entry: int, seconds: int, state: EntryState) -> None:
        self.on_entry(lambda who, where: self.fair.undoes_start(who, where, seconds), entry, state)

    @precondition(lambda self: self.fair.called_entries())
    @rule(entry=which)
    def pass_when_called(self, entry: int) -> None:
        self.fair.passes(*pick(self.fair.called_entries(), entry))

    @rule(entry=which)
    def see_call(self, entry: int) -> None:
        self.on_entry(self.fair.sees_call, entry, WAITING)

    @precondition(lambda self: self.fair.called_entries())
    @rule(entry=which)
    def say_coming_when_called(self, entry: int) -> None:
        self.fair.says_coming(*pick(self.fair.called_entries(), entry))

    @rule(entry=which)
    def say_here(self, entry: int) -> None:
        self.on_entry(self.fair.says_here, entry, WAITING)

    @rule(who=which)
    def pause(self, who: int) -> None:
        with suppress(Refused):
            self.fair.pauses(self.student(who))

    @rule(who=which)
    def become_available(self, who: int) -> None:
        with suppress(Refused):
            self.fair.returns(self.student(who))

    # Time

    @rule(call_minutes=st.sampled_from([None, 1, 5]))
    def time_passes(self, call_minutes: int | None) -> None:
        self.fair.time_passes(call_minutes)

    # Companies

    @rule(entry=which)
    def complete(self, entry: int) -> None:
        self.on_entry(self.fair.completes, entry, RUNNING)

    @rule(entry=which, out_of_turn=st.booleans())
    def start_at_stand(self, entry: int, out_of_turn: bool) -> None:
        self.on_entry(
            lambda who, where: self.fair.starts_at_stand(who, where, out_of_turn), entry, WAITING
        )

    @rule(entry=which)
    def undo_completion(self, entry: int) -> None:
        self.on_entry(self.fair.undoes, entry, DONE)

    @rule(entry=which)
    def undo_completion_for(self, entry: int) -> None:
        self.on_entry(self.fair.undoes_for, entry, DONE)

    @rule(entry=which)
    def mark_absent(self, entry: int) -> None:
        self.on_entry(self.fair.absent, entry, WAITING)

    @rule(where=which, pause=st.booleans())
    def pause_or_resume_stand(self, where: int, pause: bool) -> None:
        change = self.fair.stand_pauses if pause else self.fair.stand_resumes
        change(self.company(where))

    @rule(pause=st.booleans())
    def pause_or_resume_all(self, pause: bool) -> None:
        change = self.fair.pauses_all if pause else self.fair.resumes_all
        change()

    @rule(where=which, sign=st.sampled_from([None, *DoorSign]))
    def say_to_the_queue(self, where: int, sign: DoorSign | None) -> None:
        if sign is None:
            self.fair.says_no_more(self.company(where))
            return
        text = "Back soon" if sign is DoorSign.OWN_WORDS else None
        with suppress(Refused):
            self.fair.says(self.company(where), sign, text)

    @rule(where=which, minutes=st.sampled_from([0, 9, 30, 60]))
    def door_sign_ages(self, where: int, minutes: int) -> None:
        self.fair.sign_time_passes(self.company(where), minutes)

    @rule(where=which, close=st.booleans())
    def close_or_open_queue(self, where: int, close: bool) -> None:
        change = self.fair.closes_queue if close else self.fair.opens_queue
        change(self.company(where))

    # Admins

    @rule(where=which, slots=st.integers(1, 3))
    def set_slots(self, where: int, slots: int) -> None:
        self.fair.slots(self.company(where), slots)

    @rule(where=which, limit=st.none() | st.integers(1, 5))
    def set_queue_limit(self, where: int, limit: int | None) -> None:
        self.fair.queue_limit(self.company(where), limit)

    @rule(phase=st.sampled_from([Phase.OPEN, *Phase]))
    def set_phase(self, phase: Phase) -> None:
        self.fair.phase(phase)

    @rule(on=st.booleans())
    def open_by_lot_or_not(self, on: bool) -> None:
        with suppress(Refused):
            self.fair.by_lot(on)

    @rule(entry=which, state=st.sampled_from([WAITING, RUNNING]))
    def complete_for(self, entry: int, state: EntryState) -> None:
        self.on_entry(self.fair.completes_for, entry, state)

    @rule(who=which, where=which, ended=st.integers(-1, 20), length=st.integers(0, 20))
    def enter_from_paper(self, who: int, where: int, ended: int, length: int) -> None:
        with suppress(Refused):
            began = ended + length
            self.fair.enters(self.company(where), self.student(who), began=began, ended=ended)

    @rule(who=which, where=which, rank=st.none() | st.integers(1, 4))
    def add_entry(self, who: int, where: int, rank: int | None) -> None:
        with suppress(Refused):
            self.fair.adds(self.student(who), self.company(where), rank)

    @rule(entry=which, state=st.sampled_from([WAITING, RUNNING, DONE]))
    def remove_entry(self, entry: int, state: EntryState) -> None:
        self.on_entry(self.fair.removes, entry, state)

    @rule(where=which, steps=which)
    def reorder(self, where: int, steps: int) -> None:
        line = self.fair.line(self.company(where))
        cut = steps % (len(line) or 1)
        with suppress(Refused):
            self.fair.reorders(self.company(where), *line[cut:], *line[:cut])

    @rule(who=which, status=st.sampled_from([StudentStatus.AVAILABLE, StudentStatus.PAUSED]))
    def force_status(self, who: int, status: StudentStatus) -> None:
        self.fair.forces(self.student(who), status)

    @rule(who=which, where=which)
    def force_interview(self, who: int, where: int) -> None:
        with suppress(Refused):
            self.fair.forces(self.student(who), StudentStatus.IN_INTERVIEW, self.company(where))

    @rule()
    def make_all_available(self) -> None:
        self.fair.makes_all_available()

    @rule(who=which, active=st.booleans())
    def set_active(self, who: int, active: bool) -> None:
        change = self.fair.reactivates if active else self.fair.deactivates
        change(self.student(who))

    @rule(where=which)
    def replace_company(self, where: int) -> None:
        self.fair.deletes_company(self.company(where))
        self.fair.new_company(f"Company {self.fair.hall.number}", slots=1 + where % 2)

    @rule(who=which, status=st.sampled_from([StudentStatus.AVAILABLE, StudentStatus.PAUSED]))
    def replace_student(self, who: int, status: StudentStatus) -> None:
        self.fair.deletes_student(self.student(who))
        self.fair.new_student(f"Student {self.fair.hall.number}", status)

    @rule(who=which, kept=which)
    def merge_students(self, who: int, kept: int) -> None:
        gone, stays = self.student(who), self.student(kept)
        if gone != stays:
            with suppress(Refused):
                self.fair.merges(gone, stays)
                self.fair.new_student(f"Student {self.fair.hall.number}")


class LotMachine(FairMachine):
    """A fair that begins while it is prepared, by lot, and goes back to that more often."""

    @initialize()
    def is_prepared(self) -> None:
        self.fair.phase(Phase.PREPARING)
        self.fair.by_lot()

    @rule()
    def is_prepared_again(self) -> None:
        self.fair.phase(Phase.PREPARING)


class CrowdedFairMachine(FairMachine):
    """Queues so long that a transition sees only their head, as it does at a real fair."""

    @initialize()
    def everybody_comes(self) -> None:
        for number in range(7):
            self.fair.new_student(f"Student {number}")
        for student in self.fair.students:
            for company in self.fair.companies:
                self.fair.joins(student, company)


def pick(things: list[T], number: int) -> T:
    return things[number % len(things)]


TestAnyFair = FairMachine.TestCase
TestAnyFair.settings = settings.get_profile("rules")

TestFairByLot = LotMachine.TestCase
TestFairByLot.settings = settings.get_profile("rules")

TestCrowdedFair = CrowdedFairMachine.TestCase
TestCrowdedFair.settings = settings.get_profile("rules")
