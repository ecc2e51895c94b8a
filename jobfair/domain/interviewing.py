"""Starting an interview and completing it (rules 5 and 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from jobfair.domain.events import (
    CompletionUndone,
    Event,
    InterviewCompleted,
    InterviewStarted,
)
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import (
    CompanyStatus,
    EntryState,
    Hall,
    Phase,
    Presence,
    StudentStatus,
)

UNDO_WITHIN = timedelta(minutes=1)
"""How long a stand may undo the end of an interview."""


def start(hall: Hall, entry_id: int) -> tuple[Event, ...] | Refusal:
    """A student starts an interview. The first failing check is the message (rule 7)."""
    entry = hall.entries[entry_id]
    company = hall.companies[entry.company_id]
    student = hall.students[entry.student_id]
    if entry.state is EntryState.DONE:
        return Refusal(Code.ALREADY_DONE)
    if student.presence is not Presence.AVAILABLE:
        return Refusal(Code.NOT_AVAILABLE, {"status": student.presence})
    if company.status is CompanyStatus.PAUSED:
        return Refusal(Code.COMPANY_PAUSED)
    if hall.phase is not Phase.OPEN:
        return Refusal(Code.FAIR_NOT_OPEN, {"phase": hall.phase})
    if not company.free_slots:
        return Refusal(Code.NO_FREE_SLOT)
    if entry.turn is None:
        return _not_callable(entry.aside, entry.waiting)
    return (started(hall, entry_id),)


def start_at_stand(hall: Hall, entry_id: int, out_of_turn: bool) -> tuple[Event, ...] | Refusal:
    """A stand starts the interview of a student who has no phone at hand, by the same rules.

    `out_of_turn` allows it before the student is called, and after they were set aside.
    """
    verdict = start(hall, entry_id)
    if not isinstance(verdict, Refusal) or not out_of_turn:
        return verdict
    if verdict.code in (Code.NOT_YOUR_TURN, Code.SET_ASIDE):
        return (replace(started(hall, entry_id), out_of_turn=True),)
    return verdict


def _not_callable(aside: bool, waiting: bool) -> Refusal:
    if not waiting:
        return Refusal(Code.NOT_WAITING)
    return Refusal(Code.SET_ASIDE if aside else Code.NOT_YOUR_TURN)


def started(hall: Hall, entry_id: int) -> InterviewStarted:
    """The event that starts an entry's interview."""
    entry = hall.entries[entry_id]
    slot = unused_slot(hall, entry.company_id)
    return InterviewStarted(entry.id, entry.company_id, entry.student_id, slot)


def unused_slot(hall: Hall, company_id: int) -> int:
    """The lowest slot number, from 1, that no running interview of the company holds."""
    taken = {entry.slot for entry in hall.entries_of(company_id) if entry.running}
    return next(number for number in count(1) if number not in taken)


def complete(hall: Hall, entry_id: int) -> tuple[Event, ...] | Refusal:
    """A company marks an interview that runs with it as done (rule 5)."""
    entry = hall.entries[entry_id]
    if not entry.running:
        return Refusal(Code.NOT_IN_INTERVIEW)
    return (InterviewCompleted(entry.id, entry.company_id, entry.student_id),)


def undo_completion(
    hall: Hall, entry_id: int, last: int | None, at: datetime
) -> tuple[Event, ...] | Refusal:
    """A stand undoes the end of its last interview, which then runs again (rule 5 reversed).

    `last` is the id of the entry whose interview ended last at the stand, `at` the time now.
    Refused after `UNDO_WITHIN`, and when the student is in an interview elsewhere or the slot is
    taken.
    """
    entry = hall.entries[entry_id]
    company = hall.companies[entry.company_id]
    if entry.state is not EntryState.DONE or entry.ended is None or entry.completed_at is None:
        return Refusal(Code.NOTHING_TO_UNDO)
    if entry.id != last:
        return Refusal(Code.NOT_THE_LAST)
    if not timedelta() <= at - entry.completed_at <= UNDO_WITHIN:
        return Refusal(Code.TOO_LATE)
    if hall.students[entry.student_id].status is StudentStatus.IN_INTERVIEW:
        return Refusal(Code.IN_INTERVIEW_ELSEWHERE)
    if not company.free_slots:
        return Refusal(Code.NO_FREE_SLOT)
    slot = unused_slot(hall, company.id)
    return (CompletionUndone(entry.id, company.id, entry.student_id, entry.ended, slot),)
