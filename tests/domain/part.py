"""The least a transition may be given: exactly what `Hall` says is enough, and nothing more."""

from __future__ import annotations

from jobfair.domain.state import (
    Company,
    Entry,
    EntryState,
    Hall,
)
from jobfair.domain.turns import MOST_TOLD_SOON, away
from tests.domain.a_hall import Concerns


def part_of(hall: Hall, concerns: Concerns) -> Hall:
    """The part of a hall that a decision with these concerns needs."""
    entries = _own_entries(hall, concerns)
    company_ids = {entry.company_id for entry in entries if entry.live and concerns.everywhere}
    if concerns.company is not None:
        company_ids.add(concerns.company)
        entries += [entry for entry in hall.entries_of(concerns.company) if entry.running]
    beyond = {}
    for company_id in company_ids:
        company = hall.companies[company_id]
        free = max(company.slots, concerns.slots) - company.running
        ready, paused = _heads(hall, company)
        length = max(free, 0) + 1
        called = [entry for entry in hall.entries_of(company_id) if entry.turn is not None]
        entries += ready[: length + MOST_TOLD_SOON] + paused[:length] + called
        if len(ready) > length + MOST_TOLD_SOON:
            last = ready[length + MOST_TOLD_SOON - 1].position
            if last is not None:
                beyond[company_id] = last
    return Hall(
        phase=hall.phase,
        number=hall.number,
        companies={each: hall.companies[each] for each in company_ids},
        students={concerns.student: hall.students[concerns.student]} if concerns.student else {},
        entries={entry.id: entry for entry in entries},
        beyond=beyond,
        lot_sealed=hall.lot_sealed,
    )


def _own_entries(hall: Hall, concerns: Concerns) -> list[Entry]:
    """The entry itself, or else the student's at the company; all live ones if they matter."""
    if concerns.student is None:
        return []
    return [
        entry
        for entry in hall.entries_by(concerns.student)
        if entry.id == concerns.entry
        or (entry.company_id == concerns.company and entry.state is not EntryState.LEFT)
        or (concerns.everywhere and entry.live)
    ]


def _heads(hall: Hall, company: Company) -> tuple[list[Entry], list[Entry]]:
    """The ready and the paused entries, in order."""
    waiting = hall.waiting_at(company.id)
    return [entry for entry in waiting if entry.ready], [entry for entry in waiting if away(entry)]
