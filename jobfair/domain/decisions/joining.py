"""Joining a queue and leaving it (rules 1, 4, 8)."""

from __future__ import annotations

from dataclasses import replace

from jobfair.domain.events import Event, Joined, Left
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import (
    CompanyStatus,
    Entry,
    EntryState,
    Hall,
    Phase,
)
from jobfair.domain.waiting_time import Range


def join(
    hall: Hall, student_id: int, company_id: int, told: Range | None = None
) -> tuple[Event, ...] | Refusal:
    """A student takes the last place of a queue (rule 1), and is told this range of minutes.

    In a fair by lot that has not opened they take part in its draw instead, and are told nothing.

    Refused when they are in it already or done with it, when the fair is closed, and when the
    company is paused (rule 8), its queue closed or full.
    """
    company = hall.companies[company_id]
    if refusal := already_there(hall, student_id, company_id):
        return refusal
    if hall.phase is Phase.CLOSED:
        return Refusal(Code.FAIR_CLOSED)
    if company.status is CompanyStatus.PAUSED:
        return Refusal(Code.COMPANY_PAUSED)
    if not company.queue_open:
        return Refusal(Code.QUEUE_CLOSED)
    if company.full:
        return Refusal(Code.QUEUE_FULL)
    joined = new_entry(hall, student_id, company_id)
    if joined.position is None:
        return (joined,)
    return (replace(joined, ahead=company.waiting, told=told),)


def already_there(hall: Hall, student_id: int, company_id: int) -> Refusal | None:
    """The refusal for a second entry of one student in one queue, if they have a first."""
    entry = hall.entry_between(student_id, company_id)
    if entry is None:
        return None
    done = entry.state is EntryState.DONE
    return Refusal(Code.ALREADY_DONE if done else Code.ALREADY_JOINED)


def new_entry(hall: Hall, student_id: int, company_id: int, after: int = 0) -> Joined:
    """The event that adds an entry at the end of a queue, or to the draw while one is to come.

    `after` is the number of events of the same decision that come before it: the entry's id is
    the journal number of this event.
    """
    position = None if hall.lot_sealed else hall.companies[company_id].last_position + 1
    return Joined(hall.number + after + 1, company_id, student_id, position)


def leave(hall: Hall, entry_id: int) -> tuple[Event, ...] | Refusal:
    """A student gives up a place while waiting, not during the interview (rule 4)."""
    entry = hall.entries[entry_id]
    if refusal := not_waiting(entry):
        return refusal
    return (Left(entry.id, entry.company_id, entry.student_id),)


def leave_all(hall: Hall, student_id: int) -> tuple[Event, ...]:
    """A student gives up every place they wait in (rule 4)."""
    waiting = [entry for entry in hall.entries_by(student_id) if entry.waiting]
    return tuple(
        Left(entry.id, entry.company_id, entry.student_id)
        for entry in sorted(waiting, key=lambda entry: entry.id)
    )


def not_waiting(entry: Entry) -> Refusal | None:
    """The refusal for an entry that runs, is done or was left; None while it waits."""
    if entry.waiting:
        return None
    if entry.running:
        return Refusal(Code.IN_INTERVIEW)
    done = entry.state is EntryState.DONE
    return Refusal(Code.ALREADY_DONE if done else Code.NOT_WAITING)
