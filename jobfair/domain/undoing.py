"""Taking back, for a moment, that an interview ended (rule 5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from jobfair.domain.events import CompletionUndone, Event
from jobfair.domain.interviewing import unused_slot
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import EntryState, Hall, StudentStatus

UNDO_WITHIN = timedelta(minutes=1)
"""How long a stand may undo the end of an interview."""


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
