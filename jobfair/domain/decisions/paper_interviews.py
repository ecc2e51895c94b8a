"""Interviews that were noted on paper while a stand's screen had failed (rule 11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobfair.domain.events import Event, Joined, PaperInterviewEntered
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import EntryState, Hall

LONGEST_AGO = timedelta(days=7)
"""Older times are typing mistakes: a day of last year would stretch every chart over a year."""


@dataclass(frozen=True, slots=True)
class PaperInterview:
    """One interview as noted on paper: its student and its times."""

    student_id: int
    started: datetime
    ended: datetime


def enter(
    hall: Hall, company_id: int, noted: Sequence[PaperInterview], at: datetime
) -> tuple[Event, ...] | Mapping[int, Refusal]:
    """Enter a company's interviews as done, at the times noted; all of them, or none.

    A student without an entry gets one. Nothing else about a student changes: by now they may be
    anywhere, also in another interview. Interviews of one student may overlap, as two stands'
    watches differ, and a refusal would make the organiser write times that nobody noted.

    `at` is the time now. Returns the events, or the refusals by their place in `noted`.
    """
    refusals = {
        place: refusal
        for place, each in enumerate(noted)
        if (refusal := _refusal(hall, company_id, each, noted[:place], at))
    }
    if refusals:
        return refusals
    events: list[Event] = []
    last_position = hall.companies[company_id].last_position
    for each in noted:
        entry = hall.entry_between(each.student_id, company_id)
        entry_id = entry.id if entry else hall.number + len(events) + 1
        if entry is None:
            last_position += 1
            events.append(Joined(entry_id, company_id, each.student_id, last_position))
        times = each.started.isoformat(), each.ended.isoformat()
        events.append(PaperInterviewEntered(entry_id, company_id, each.student_id, *times))
    return tuple(events)


def _refusal(
    hall: Hall,
    company_id: int,
    noted: PaperInterview,
    before: Sequence[PaperInterview],
    at: datetime,
) -> Refusal | None:
    """Why one interview is not entered; `before` are those entered along with it, before it."""
    if noted.ended <= noted.started:
        return Refusal(Code.END_BEFORE_START)
    if noted.ended > at:
        return Refusal(Code.NOT_YET_OVER)
    if noted.started < at - LONGEST_AGO:
        return Refusal(Code.TOO_LONG_AGO)
    if any(each.student_id == noted.student_id for each in before):
        return Refusal(Code.ALREADY_DONE)
    entry = hall.entry_between(noted.student_id, company_id)
    if entry is None or entry.waiting:
        return None
    return Refusal(Code.ALREADY_DONE if entry.state is EntryState.DONE else Code.STILL_RUNNING)
