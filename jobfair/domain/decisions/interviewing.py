"""Starting an interview and completing it (rules 5 and 7)."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from jobfair.domain.events import (
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
)


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
    """A company marks its running interview as done (rule 5)."""
    entry = hall.entries[entry_id]
    if not entry.running:
        return Refusal(Code.NOT_IN_INTERVIEW)
    return (InterviewCompleted(entry.id, entry.company_id, entry.student_id),)
