"""Who may start, read straight from the definitions: plain loops, counted again each time.

Nothing here uses what the domain keeps for speed (counters, turns, repeated presences).
"""

from __future__ import annotations

from jobfair.domain.looking_back import Stood
from jobfair.domain.state import (
    CompanyStatus,
    Entry,
    EntryState,
    Hall,
    Phase,
    StudentStatus,
)


def running_at(hall: Hall, company_id: int) -> int:
    """How many interviews run at a company."""
    return sum(
        entry.company_id == company_id and entry.state is EntryState.RUNNING
        for entry in hall.entries.values()
    )


def free_slots(hall: Hall, company_id: int) -> int:
    """«Slots minus the interviews now running there; never below 0»."""
    return max(hall.companies[company_id].slots - running_at(hall, company_id), 0)


def may_be_called(hall: Hall, entry: Entry) -> bool:
    """«Student available, entry waiting and not set aside»; a deactivated student is greyed."""
    student = hall.students[entry.student_id]
    here = entry.state is EntryState.WAITING and not entry.aside
    return here and student.active and student.status is StudentStatus.AVAILABLE


def calling(hall: Hall, company_id: int) -> bool:
    """«Company recruiting (and the fair open)»."""
    recruiting = hall.companies[company_id].status is CompanyStatus.RECRUITING
    return recruiting and hall.phase is Phase.OPEN


def callable_set(hall: Hall) -> set[int]:
    """Every callable entry's id: «among the first free slots such entries, by position».

    A student who said «J'y vais» comes before that order while the hold lasts.
    """
    return {
        entry_id
        for company_id in hall.companies
        for entry_id in line(hall, company_id)[: free_slots(hall, company_id)]
    }


def next_set(hall: Hall) -> set[int]:
    """«The next ready entries after the callable ones, as many as the company has slots and at most
    two» (rule 15)."""
    return {
        entry_id
        for company_id, company in hall.companies.items()
        for entry_id in line(hall, company_id)[free_slots(hall, company_id) :][
            : min(company.slots, 2)
        ]
    }


def line(hall: Hall, company_id: int) -> list[int]:
    """The entries that the company would call, in that order; none while it calls nobody."""
    if not calling(hall, company_id):
        return []
    found = [
        (not entry.held_until, position_of(entry), entry.id)
        for entry in hall.entries.values()
        if entry.company_id == company_id and may_be_called(hall, entry)
    ]
    return [entry_id for *_, entry_id in sorted(found)]


def position_of(entry: Entry) -> int:
    """An entry that may be called has one (rule 17)."""
    assert entry.position is not None
    return entry.position


def ahead_of(hall: Hall, entry: Entry) -> list[Entry]:
    """«Waiting entries of the same queue with a smaller position»."""
    return [
        other
        for other in hall.entries.values()
        if other.company_id == entry.company_id
        and other.state is EntryState.WAITING
        and position_of(other) < position_of(entry)
    ]


def before(hall: Hall, entry: Entry) -> list[Entry]:
    """Those ahead of an entry that is not called, and those behind whose turn is held."""
    return ahead_of(hall, entry) + [
        other
        for other in hall.entries.values()
        if other.company_id == entry.company_id
        and other.held_until
        and position_of(other) > position_of(entry)
    ]


def would_be_called(hall: Hall, entry: Entry) -> bool:
    """Whether it would be this paused student's turn, if they alone came back (rule 12)."""
    if not calling(hall, entry.company_id):
        return False
    in_front = sum(may_be_called(hall, other) for other in before(hall, entry))
    return in_front < free_slots(hall, entry.company_id)


def true_reasons(hall: Hall, entry: Entry) -> set[Stood]:
    """Everything that is true of an entry and keeps it from being called; it is called where
    nothing does. Each by its own definition, in no order."""
    company, student = hall.companies[entry.company_id], hall.students[entry.student_id]
    if entry.state is not EntryState.WAITING:
        return {Stood(entry.state.value)}
    kept = {
        Stood.ASIDE: entry.aside,
        Stood.INACTIVE: not student.active,
        Stood.PAUSED: student.active and student.status is StudentStatus.PAUSED,
        Stood.IN_INTERVIEW: student.active and student.status is StudentStatus.IN_INTERVIEW,
        Stood.STAND_PAUSED: company.status is CompanyStatus.PAUSED and not company.has_left,
        Stood.STAND_LEFT: company.status is CompanyStatus.PAUSED and company.has_left,
        Stood.FAIR_PREPARING: hall.phase is Phase.PREPARING,
        Stood.FAIR_CLOSED: hall.phase is Phase.CLOSED,
    }
    found = {reason for reason, is_true in kept.items() if is_true}
    if found:
        return found
    first = line(hall, company.id)[: free_slots(hall, company.id)]
    if entry.id in first:
        return {Stood.CALLED}
    if not first:
        return {Stood.SEATS_TAKEN}
    behind = any(position_of(hall.entries[each]) > position_of(entry) for each in first)
    return {Stood.HELD_BEHIND if behind else Stood.OTHERS_CALLED}
