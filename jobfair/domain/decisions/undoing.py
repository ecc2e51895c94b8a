"""Undoing the start of an interview (rule 13), or its end (rule 5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from jobfair.domain.decisions.interviewing import unused_slot
from jobfair.domain.events import CompletionUndone, Event, StartUndone
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import EntryState, Hall, StudentStatus

UNDO_WITHIN = timedelta(minutes=1)
"""How long a start may be taken back, and a stand may undo the end of an interview."""


def undo_start(hall: Hall, entry_id: int, at: datetime) -> tuple[Event, ...] | Refusal:
    """A student or a stand undoes the start of an interview; `at` is the time now (rule 13).

    The entry waits again where it was: set aside if it was when the stand started out of turn.
    Refused after `UNDO_WITHIN`, and once completed.
    """
    entry = hall.entries[entry_id]
    if entry.state is EntryState.DONE:
        return Refusal(Code.ALREADY_DONE)
    if not entry.running or entry.started_at is None:
        return Refusal(Code.NOT_IN_INTERVIEW)
    if not _is_recent(entry.started_at, at):
        return Refusal(Code.TOO_LATE, {"state": entry.state})
    return (StartUndone(entry.id, entry.company_id, entry.student_id),)


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
    if not _is_recent(entry.completed_at, at):
        return Refusal(Code.TOO_LATE, {"state": entry.state})
    if hall.students[entry.student_id].status is StudentStatus.IN_INTERVIEW:
        return Refusal(Code.IN_INTERVIEW_ELSEWHERE)
    if not company.free_slots:
        return Refusal(Code.NO_FREE_SLOT)
    slot = unused_slot(hall, company.id)
    return (CompletionUndone(entry.id, company.id, entry.student_id, entry.ended, slot),)


def undo_completion_for(hall: Hall, entry_id: int) -> tuple[Event, ...] | Refusal:
    """An organiser undoes the end of an interview, however long ago it was (rule 11).

    It runs on since it began, beyond the slots if need be. Refused where there was no interview,
    and while the student is in another one.
    """
    entry = hall.entries[entry_id]
    if entry.state is not EntryState.DONE or entry.ended is None or entry.started_at is None:
        return Refusal(Code.NOTHING_TO_UNDO)
    if hall.students[entry.student_id].status is StudentStatus.IN_INTERVIEW:
        return Refusal(Code.IN_INTERVIEW_ELSEWHERE)
    slot = unused_slot(hall, entry.company_id)
    return (CompletionUndone(entry.id, entry.company_id, entry.student_id, entry.ended, slot),)


def _is_recent(since: datetime, at: datetime) -> bool:
    return timedelta() <= at - since <= UNDO_WITHIN
