"""A fair in memory, told in names: the tests' one way to fill a hall and to act in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

import pytest

from jobfair.domain.decisions import (
    calling,
    door_sign,
    doubles,
    expiry,
    interviewing,
    joining,
    lot,
    overrides,
    paper_interviews,
    presence,
    stands,
    undoing,
)
from jobfair.domain.decisions.paper_interviews import PaperInterview
from jobfair.domain.events import (
    BackupTaken,
    CompanyCreated,
    Event,
    Recorded,
    Reminded,
    StudentCreated,
    TurnCame,
    TurnEnded,
    TurnSoon,
)
from jobfair.domain.evolve import advance
from jobfair.domain.reasons import AsideBecause
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import (
    Company,
    CompanyStatus,
    DoorSign,
    Entry,
    EntryState,
    Hall,
    Phase,
    Student,
    StudentStatus,
)
from tests.domain.what_events_say import check_events

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)

Decision = Callable[[Hall], Sequence[Event] | Refusal]
T = TypeVar("T")


class Refused(Exception):
    """A rule said no to what a test did."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


@dataclass(frozen=True)
class Concerns:
    """What a decision may look at: the part of a hall that is loaded for it.

    `everywhere` says that the student's status may change, so that all their queues are
    concerned; without a company and a student the whole hall is.
    """

    student: int | None = None
    company: int | None = None
    entry: int | None = None
    everywhere: bool = False
    slots: int = 0


class Fair:
    """A hall whose students and companies have names, and the journal of what happened in it.

    Every act raises Refused when the rules refuse it. A minute passes with each event.
    """

    def __init__(self, *students: str, phase: Phase = Phase.OPEN, **slots: int) -> None:
        self.hall = Hall(phase=phase)
        self.journal: list[Recorded] = []
        self.last: list[Recorded] = []
        self.students: dict[str, int] = {}
        self.companies: dict[str, int] = {}
        self.seed: bytes | None = None
        self._ids = 100
        for company, number in slots.items():
            self.new_company(company, number)
        for student in students:
            self.new_student(student)

    def act(self, decision: Decision, concerns: Concerns) -> None:
        """Let the domain decide, and carry its events out."""
        events = decision(self.hall)
        if isinstance(events, Refusal):
            raise Refused(events)
        check_events(self.hall, events)
        self.last = advance(self.hall, events, now(self.hall))
        self.journal += self.last

    def happens(self, event: Event) -> None:
        """An event that no rule decides on."""
        self.act(lambda _: (event,), Concerns())

    @contextmanager
    def refuses(self, code: str, **params: int | str) -> Iterator[None]:
        """Expect the rules to say no, for this reason, and nothing to have changed."""
        before = copy(self.hall)
        with pytest.raises(Refused) as no:
            yield
        assert no.value.refusal == Refusal(code, params)
        assert self.hall == before

    # What there is

    def new_company(self, name: str, slots: int = 1, limit: int | None = None) -> None:
        self._ids += 1
        self.companies[name] = self._ids
        self.happens(CompanyCreated(self._ids, name, CompanyStatus.RECRUITING, slots, limit))

    def new_student(self, name: str, status: StudentStatus = StudentStatus.AVAILABLE) -> None:
        self._ids += 1
        self.students[name] = self._ids
        self.happens(StudentCreated(self._ids, status))

    def student(self, name: str) -> Student:
        return self.hall.students[self.students[name]]

    def company(self, name: str) -> Company:
        return self.hall.companies[self.companies[name]]

    def entry(self, student: str, company: str) -> Entry:
        """The student's entry there; of several, the one not left, else the latest."""
        theirs = self.hall.entries_by(self.students[student])
        here = [entry for entry in theirs if entry.company_id == self.companies[company]]
        return max(here, key=lambda entry: (entry.ended is None, entry.id))

    def position(self, student: str, company: str) -> int | None:
        return self.entry(student, company).position

    def line(self, company: str) -> list[str]:
        """Who waits there, in order."""
        waiting = self.hall.waiting_at(self.companies[company])
        return [self.name(entry.student_id) for entry in waiting]

    def called(self, company: str) -> list[str]:
        """Whose turn it is there, in order."""
        waiting = self.hall.waiting_at(self.companies[company])
        return [self.name(entry.student_id) for entry in waiting if entry.turn is not None]

    def called_entries(self) -> list[tuple[str, str]]:
        """Everybody whose turn it is, and where."""
        return [
            (who, company) for company in self._companies_left() for who in self.called(company)
        ]

    def _companies_left(self) -> list[str]:
        return [name for name, each in self.companies.items() if each in self.hall.companies]

    def inside(self, company: str) -> list[str]:
        """Who is in an interview there."""
        entries = self.hall.entries_of(self.companies[company])
        return sorted(self.name(entry.student_id) for entry in entries if entry.running)

    @property
    def told(self) -> list[str]:
        """What the last act told anyone about a turn."""
        return [line for each in self.last if (line := self._line(each.event))]

    @property
    def warned(self) -> list[str]:
        """Whom the last act told that they are about to be called, and by whom."""
        soon = [each.event for each in self.last if isinstance(each.event, TurnSoon)]
        return [
            f"{self.name(each.student_id)} soon at {self.name(each.company_id)}" for each in soon
        ]

    def _line(self, event: Event) -> str | None:
        match event:
            case TurnCame():
                return f"{self.name(event.student_id)} called by {self.name(event.company_id)}"
            case TurnEnded():
                who, where = self.name(event.student_id), self.name(event.company_id)
                return f"{who} no longer called by {where}: {event.reason}"
            case Reminded():
                return f"{self.name(event.student_id)} reminded of {self.name(event.company_id)}"
            case _:
                return None

    def name(self, number: int) -> str:
        """The student's or company's with this id."""
        names = {**self.students, **self.companies}
        return next(name for name, each in names.items() if each == number)

    # What students do

    def queue(self, company: str, *students: str) -> None:
        for student in students:
            self.joins(student, company)

    def joins(self, student: str, company: str) -> None:
        who, where = self.students[student], self.companies[company]
        self.act(lambda hall: joining.join(hall, who, where), Concerns(who, where))

    def leaves(self, student: str, company: str) -> None:
        self._on_entry(joining.leave, student, company)

    def leaves_all(self, student: str) -> None:
        who = self.students[student]
        self.act(lambda hall: joining.leave_all(hall, who), Concerns(who, everywhere=True))

    def starts(self, student: str, company: str) -> None:
        self._on_entry(interviewing.start, student, company, everywhere=True)

    def passes(self, student: str, company: str) -> None:
        because = AsideBecause.PASSED
        self._on_entry(lambda hall, each: calling.set_aside(hall, each, because), student, company)

    def says_here(self, student: str, company: str) -> None:
        self._on_entry(calling.come_back, student, company)

    def sees_call(self, student: str, company: str) -> None:
        turn = self.entry(student, company).turn or 0
        self._on_entry(lambda hall, each: calling.see(hall, each, turn), student, company)

    def says_coming(self, student: str, company: str) -> None:
        self._on_entry(calling.say_coming, student, company, everywhere=True)

    def pauses(self, student: str) -> None:
        self._change_status(student, StudentStatus.PAUSED)

    def returns(self, student: str) -> None:
        self._change_status(student, StudentStatus.AVAILABLE)

    def _change_status(self, student: str, status: StudentStatus) -> None:
        who = self.students[student]
        self.act(
            lambda hall: presence.change_status(hall, who, status), Concerns(who, everywhere=True)
        )

    def _on_entry(
        self,
        decide: Callable[[Hall, int], Sequence[Event] | Refusal],
        student: str,
        company: str,
        everywhere: bool = False,
    ) -> None:
        entry = self.entry(student, company)
        concerns = Concerns(entry.student_id, entry.company_id, entry.id, everywhere)
        self.act(lambda hall: decide(hall, entry.id), concerns)

    # What time does

    def minutes_go_by(self, minutes: int) -> None:
        """A minute passes with each event: this many happen that concern nobody."""
        for _ in range(minutes):
            self.happens(BackupTaken())

    def time_passes(self, call_minutes: int | None = 5, since: datetime = NINE) -> None:
        """Somebody who has watched the clock since then does what is due at this moment."""
        length = expiry.CallLength(
            None if call_minutes is None else timedelta(minutes=call_minutes)
        )
        told = []
        for student, company in self.called_entries():
            self._lapses(student, company, expiry.ElapsedTime(now(self.hall), since, length))
            told += self.last
        self.last = told

    def _lapses(self, student: str, company: str, time: expiry.ElapsedTime) -> None:
        self._on_entry(lambda hall, each: expiry.expire(hall, each, time), student, company)

    # What companies do

    def starts_at_stand(self, student: str, company: str, out_of_turn: bool = False) -> None:
        self._on_entry(
            lambda hall, each: interviewing.start_at_stand(hall, each, out_of_turn),
            student,
            company,
            everywhere=True,
        )

    def undoes_start(self, student: str, company: str, seconds: int = 60) -> None:
        """The student or the stand takes back that an interview started, so long after it did."""
        at = (self.entry(student, company).started_at or NINE) + timedelta(seconds=seconds)
        self._on_entry(
            lambda hall, each: undoing.undo_start(hall, each, at), student, company, everywhere=True
        )

    def undoes(self, student: str, company: str, seconds: int = 60) -> None:
        """The stand takes back that an interview ended, so long after it did."""
        entry = self.entry(student, company)
        at = (entry.completed_at or NINE) + timedelta(seconds=seconds)
        last = self._ended_last(company)
        self._on_entry(
            lambda hall, each: undoing.undo_completion(hall, each, last, at),
            student,
            company,
            everywhere=True,
        )

    def _ended_last(self, company: str) -> int | None:
        here = self.hall.entries_of(self.companies[company])
        done = [e for e in here if e.state is EntryState.DONE and e.started_at is not None]
        return max(done, key=lambda e: e.ended or 0).id if done else None

    def completes(self, student: str, company: str) -> None:
        self._on_entry(interviewing.complete, student, company, everywhere=True)

    def absent(self, student: str, company: str) -> None:
        because = AsideBecause.ABSENT
        self._on_entry(lambda hall, each: calling.set_aside(hall, each, because), student, company)

    def stand_pauses(self, company: str) -> None:
        self._at_stand(company, stands.set_status, CompanyStatus.PAUSED)

    def stand_resumes(self, company: str) -> None:
        self._at_stand(company, stands.set_status, CompanyStatus.RECRUITING)

    def stand_leaves(self, company: str) -> None:
        where = self.companies[company]
        self.act(lambda hall: stands.leave(hall, where), Concerns(company=where))

    def says(self, company: str, sign: DoorSign, text: str | None = None) -> None:
        """The stand puts up its door sign."""
        where, at = self.companies[company], now(self.hall)
        self.act(
            lambda hall: door_sign.put_up(hall, where, sign, text, at), Concerns(company=where)
        )

    def says_no_more(self, company: str) -> None:
        where = self.companies[company]
        self.act(lambda hall: door_sign.take_down(hall, where), Concerns(company=where))

    def sign_time_passes(self, company: str, minutes: int) -> None:
        """Time alone, this many minutes from now."""
        where, at = self.companies[company], now(self.hall) + timedelta(minutes=minutes)
        self.act(lambda hall: door_sign.expire(hall, where, at), Concerns(company=where))

    def opens_queue(self, company: str) -> None:
        self._at_stand(company, stands.set_queue_open, True)

    def closes_queue(self, company: str) -> None:
        self._at_stand(company, stands.set_queue_open, False)

    def _at_stand(
        self,
        company: str,
        change: Callable[[Hall, int, T], Sequence[Event]],
        to: T,
        slots: int = 0,
    ) -> None:
        where = self.companies[company]
        self.act(lambda hall: change(hall, where, to), Concerns(company=where, slots=slots))

    # What an admin does

    def pauses_all(self) -> None:
        self.act(stands.pause_all, Concerns())

    def resumes_all(self) -> None:
        self.act(stands.resume_all, Concerns())

    def slots(self, company: str, slots: int) -> None:
        self._at_stand(company, stands.set_slots, slots, slots)

    def queue_limit(self, company: str, limit: int | None) -> None:
        self._at_stand(company, stands.set_queue_limit, limit)

    def phase(self, phase: Phase) -> None:
        """Prepare, open or close it; a fair by lot promises a new seed once the last was used."""
        seed = self._new_seed() if self.seed and not self.hall.lot_sealed else self.seed
        self.act(lambda hall: stands.set_phase(hall, phase, seed), Concerns())
        if self.hall.lot_sealed:
            self.seed = seed

    def by_lot(self, on: bool = True) -> None:
        """It opens by lot, or as any other."""
        seed = self._new_seed()
        decide = partial(lot.switch_on, seed=seed) if on else lot.switch_off
        sealed = self.hall.lot_sealed
        self.act(decide, Concerns())
        if on is not sealed:
            self.seed = seed if on else None

    def _new_seed(self) -> bytes:
        return self.hall.number.to_bytes(lot.SEED_BYTES)

    def undoes_for(self, student: str, company: str) -> None:
        self._on_entry(undoing.undo_completion_for, student, company, everywhere=True)

    def completes_for(self, student: str, company: str) -> None:
        self._on_entry(overrides.complete_for, student, company, everywhere=True)

    def enters(self, company: str, *students: str, began: int = 30, ended: int = 20) -> None:
        """Interviews from paper; `began` and `ended` are this many minutes ago."""
        where, at = self.companies[company], now(self.hall)
        times = at - timedelta(minutes=began), at - timedelta(minutes=ended)
        noted = [PaperInterview(self.students[each], *times) for each in students]

        def decide(hall: Hall) -> Sequence[Event] | Refusal:
            verdict = paper_interviews.enter(hall, where, noted, at)
            return next(iter(verdict.values())) if isinstance(verdict, Mapping) else verdict

        alone = Concerns(noted[0].student_id, where) if len(noted) == 1 else Concerns()
        self.act(decide, alone)

    def adds(self, student: str, company: str, rank: int | None = None) -> None:
        who, where = self.students[student], self.companies[company]
        concerns = Concerns(who, where) if rank is None else Concerns()
        self.act(lambda hall: overrides.add_entry(hall, who, where, rank), concerns)

    def removes(self, student: str, company: str) -> None:
        self._on_entry(overrides.remove_entry, student, company, everywhere=True)

    def reorders(self, company: str, *students: str) -> None:
        where = self.companies[company]
        order = [self.entry(student, company).id for student in students]
        self.act(lambda hall: overrides.reorder(hall, where, order), Concerns())

    def moves(self, student: str, company: str, rank: int) -> None:
        where, entry_id = self.companies[company], self.entry(student, company).id
        self.act(lambda hall: overrides.move(hall, where, entry_id, rank), Concerns())

    def forces(self, student: str, status: StudentStatus, company: str | None = None) -> None:
        who = self.students[student]
        where = None if company is None else self.companies[company]
        self.act(
            lambda hall: overrides.force_status(hall, who, status, where),
            Concerns(who, where, everywhere=True),
        )

    def makes_all_available(self) -> None:
        self.act(overrides.make_all_available, Concerns())

    def makes_queue_available(self, company: str) -> None:
        here = self.companies[company]
        self.act(lambda hall: overrides.make_queue_available(hall, here), Concerns())

    def deactivates(self, student: str) -> None:
        self._set_active(student, False)

    def reactivates(self, student: str) -> None:
        self._set_active(student, True)

    def _set_active(self, student: str, active: bool) -> None:
        who = self.students[student]
        self.act(
            lambda hall: overrides.set_active(hall, who, active), Concerns(who, everywhere=True)
        )

    def deletes_company(self, company: str) -> None:
        where = self.companies[company]
        self.act(lambda hall: overrides.delete_company(hall, where), Concerns())

    def merges(self, gone: str, kept: str) -> None:
        ids = self.students[kept], self.students[gone]
        self.act(lambda hall: doubles.merge(hall, *ids, gone), Concerns())

    def deletes_student(self, student: str) -> None:
        who = self.students[student]
        self.act(
            lambda hall: overrides.delete_student(hall, who, student),
            Concerns(who, everywhere=True),
        )

    def deletes_without_interview(self, *students: str) -> None:
        names = {self.students[each]: each for each in students}
        self.act(lambda hall: overrides.delete_without_interview(hall, names), Concerns())


def now(hall: Hall) -> datetime:
    """The time of the next act."""
    return NINE + timedelta(minutes=hall.number)


def copy(hall: Hall) -> Hall:
    """The hall as it is now, untouched by what happens next."""
    return replace(
        hall,
        companies=dict(hall.companies),
        students=dict(hall.students),
        entries=dict(hall.entries),
    )
