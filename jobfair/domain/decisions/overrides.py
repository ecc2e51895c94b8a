"""What only an admin may do, even against the order of a queue (rules 5, 10 and 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jobfair.domain.decisions import lot
from jobfair.domain.decisions.interviewing import complete, started, unused_slot
from jobfair.domain.decisions.joining import already_there, new_entry, not_waiting
from jobfair.domain.events import (
    CompanyDeleted,
    EntryCompleted,
    Event,
    InterviewBrokenOff,
    InterviewStarted,
    Left,
    Reordered,
    StudentDeactivated,
    StudentDeleted,
    StudentReactivated,
    StudentStatusChanged,
)
from jobfair.domain.reasons import LeftBecause
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import (
    Entry,
    EntryState,
    Hall,
    Presence,
    StudentStatus,
)


def complete_for(hall: Hall, entry_id: int) -> tuple[Event, ...] | Refusal:
    """Complete an interview, or a waiting entry without changing its student (rule 5)."""
    entry = hall.entries[entry_id]
    if entry.running:
        return complete(hall, entry_id)
    if refusal := not_waiting(entry):
        return refusal
    return (EntryCompleted(entry.id, entry.company_id, entry.student_id),)


def add_entry(
    hall: Hall, student_id: int, company_id: int, rank: int | None = None
) -> tuple[Event, ...] | Refusal:
    """Add a student to a queue, even a closed or full one.

    `rank` is the new entry's place among the waiting, from 1; None or a rank beyond the end puts
    it at the end. With a rank, the hall must hold every
    waiting entry of the company; refused as `not_drawn_yet` where an order is still to be drawn.
    """
    if refusal := already_there(hall, student_id, company_id):
        return refusal
    joined = new_entry(hall, student_id, company_id)
    waiting = hall.waiting_at(company_id)
    if rank is None or rank > len(waiting):
        return (joined,)
    behind = waiting[rank - 1 :]
    positions = lot.known_positions([*behind, joined])
    if isinstance(positions, Refusal):
        return positions
    before = tuple(zip([e.id for e in behind] + [joined.entry_id], positions, strict=True))
    after = tuple(zip([joined.entry_id] + [e.id for e in behind], positions, strict=True))
    return (joined, Reordered(company_id, before, after))


def remove_entry(hall: Hall, entry_id: int) -> tuple[Event, ...] | Refusal:
    """Take an entry out of its queue, whether it waits, runs or is done."""
    entry = hall.entries[entry_id]
    if entry.state is EntryState.LEFT:
        return Refusal(Code.NOT_WAITING)
    return (_left(entry, LeftBecause.REMOVED),)


def reorder(hall: Hall, company_id: int, order: Sequence[int]) -> tuple[Event, ...] | Refusal:
    """Give the waiting entries a new order; together they keep their positions (rule 11).

    `order` is the ids of all waiting entries, greyed and set aside ones too. Any other list is
    refused as `stale_order`, and as `not_drawn_yet` any while one of them has no position. The hall
    must hold every waiting entry of the company.
    """
    waiting = hall.waiting_at(company_id)
    if sorted(order) != sorted(entry.id for entry in waiting):
        return Refusal(Code.STALE_ORDER)
    positions = lot.known_positions(waiting)
    if isinstance(positions, Refusal):
        return positions
    before = dict(zip((entry.id for entry in waiting), positions, strict=True))
    after = zip(order, positions, strict=True)
    moved = tuple((entry_id, to) for entry_id, to in after if before[entry_id] != to)
    if not moved:
        return ()
    return (Reordered(company_id, tuple((each, before[each]) for each, _ in moved), moved),)


def move(hall: Hall, company_id: int, entry_id: int, rank: int) -> tuple[Event, ...] | Refusal:
    """Give a waiting entry this rank among the waiting, from 1; beyond the end it is the last.

    The hall must hold every waiting entry of the company.
    """
    order = [entry.id for entry in hall.waiting_at(company_id)]
    if entry_id not in order:
        return Refusal(Code.NOT_WAITING)
    order.remove(entry_id)
    order.insert(rank - 1, entry_id)
    return reorder(hall, company_id, order)


def force_status(
    hall: Hall, student_id: int, status: StudentStatus, company_id: int | None = None
) -> tuple[Event, ...] | Refusal:
    """Set a student's status, whatever it is now (rule 11).

    A running interview is broken off. `in_interview` needs `company_id`: a student who has no
    entry there gets one at the end, and one whose entry is done is refused.
    """
    student = hall.students[student_id]
    if status is StudentStatus.IN_INTERVIEW:
        return _force_interview(hall, student_id, company_id)
    if running := _running(hall, student_id):
        return (_broken_off(running, status),)
    if student.status is status:
        return ()
    return (StudentStatusChanged(student_id, student.status, status),)


def _force_interview(
    hall: Hall, student_id: int, company_id: int | None
) -> tuple[Event, ...] | Refusal:
    if company_id is None:
        return Refusal(Code.COMPANY_REQUIRED)
    entry = hall.entry_between(student_id, company_id)
    running = _running(hall, student_id)
    if entry is not None and entry.state is EntryState.DONE:
        return Refusal(Code.ALREADY_DONE)
    if entry is not None and entry.running:
        return ()
    events: list[Event] = []
    if running:
        events.append(_broken_off(running, StudentStatus.AVAILABLE))
    if entry is None:
        joined = new_entry(hall, student_id, company_id, after=len(events))
        slot = unused_slot(hall, company_id)
        start = InterviewStarted(joined.entry_id, company_id, student_id, slot)
        return (*events, joined, start)
    return (*events, started(hall, entry.id))


def make_all_available(hall: Hall) -> tuple[Event, ...]:
    """Every active, paused student becomes available; interviews go on (rule 11)."""
    return tuple(
        StudentStatusChanged(student.id, student.status, StudentStatus.AVAILABLE)
        for student in hall.students.values()
        if student.active and student.status is StudentStatus.PAUSED
    )


def make_queue_available(hall: Hall, company_id: int) -> tuple[Event, ...]:
    """Students whom a company's queue skips only because they are paused become available.

    The hall must hold every waiting entry of the company, and all other entries of these
    students.
    """
    return tuple(
        StudentStatusChanged(entry.student_id, StudentStatus.PAUSED, StudentStatus.AVAILABLE)
        for entry in hall.waiting_at(company_id)
        if entry.presence is Presence.PAUSED and not entry.aside
    )


def set_active(hall: Hall, student_id: int, active: bool) -> tuple[Event, ...]:
    """Deactivate an account, which greys its entries, or bring it back (rule 10)."""
    if hall.students[student_id].active is active:
        return ()
    return (StudentReactivated(student_id) if active else StudentDeactivated(student_id),)


def delete_company(hall: Hall, company_id: int) -> tuple[Event, ...]:
    """Delete a company; students in an interview there become available (rule 10)."""
    name = hall.companies[company_id].name
    left = _all_left(hall.entries_of(company_id), LeftBecause.COMPANY_DELETED)
    return (*left, CompanyDeleted(company_id, name))


def delete_student(hall: Hall, student_id: int, name: str) -> tuple[Event, ...]:
    """Delete a student, which frees their slot and their places (rule 10)."""
    left = _all_left(hall.entries_by(student_id), LeftBecause.STUDENT_DELETED)
    return (*left, StudentDeleted(student_id, name))


def delete_without_interview(hall: Hall, names: Mapping[int, str]) -> tuple[Event, ...]:
    """Delete those of these students who have no interview, running or done.

    `names` has each student's name by id. The hall must hold everything.
    """
    met = {
        entry.student_id
        for entry in hall.entries.values()
        if entry.running or entry.state is EntryState.DONE
    }
    deleted = (delete_student(hall, each, name) for each, name in names.items() if each not in met)
    return tuple(event for events in deleted for event in events)


def _all_left(entries: Iterable[Entry], because: LeftBecause) -> list[Left]:
    live = [entry for entry in entries if entry.live]
    return [_left(entry, because) for entry in sorted(live, key=lambda entry: entry.id)]


def _left(entry: Entry, because: LeftBecause) -> Left:
    return Left(entry.id, entry.company_id, entry.student_id, because)


def _running(hall: Hall, student_id: int) -> Entry | None:
    return next((entry for entry in hall.entries_by(student_id) if entry.running), None)


def _broken_off(entry: Entry, status: StudentStatus) -> InterviewBrokenOff:
    return InterviewBrokenOff(entry.id, entry.company_id, entry.student_id, status)
