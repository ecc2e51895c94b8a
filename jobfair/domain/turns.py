"""Who is called, and who is next (rules 9, 12 and 15). Every notification about a turn follows from
these sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jobfair.domain.events import Event, Reminded, TurnCame, TurnEnded, TurnSoon
from jobfair.domain.reasons import TurnEndedBecause
from jobfair.domain.state import (
    Company,
    CompanyStatus,
    Entry,
    EntryState,
    Hall,
    Phase,
    Presence,
)

MOST_TOLD_SOON = 2
"""The most people after the called ones that a company tells of their turn to come (rule 15)."""


class HeadTooShort(RuntimeError):
    """A part of a hall held fewer ready entries than the rule had to look at."""


def calls(hall: Hall, company: Company) -> bool:
    """Whether the company calls students: it recruits, and the fair is open (rules 7, 8)."""
    return hall.phase is Phase.OPEN and company.recruiting


def callable_entries(hall: Hall, company_id: int) -> list[Entry]:
    """The entries of a company that may start right now, in order of position.

    Entries whose turn is held come first; the first of the others get the slots that are left.
    Raises HeadTooShort when too few entries of the queue were loaded to know.
    """
    return sorted(_called_and_next(hall, company_id, 0)[0], key=lambda entry: entry.order)


def _called_and_next(
    hall: Hall, company_id: int, look_ahead: int
) -> tuple[list[Entry], list[Entry]]:
    """The callable entries, and at most `look_ahead` entries after them."""
    company = hall.companies.get(company_id)
    if company is None or not calls(hall, company):
        return [], []
    ready = [entry for entry in hall.waiting_at(company_id) if entry.ready]
    wanted = company.free_slots + min(company.slots, look_ahead)
    first = _first(ready, wanted)
    known = hall.beyond.get(company_id)
    if known is not None and (
        len(first) < wanted or any(entry.order[0] > known for entry in first if not entry.held)
    ):
        raise HeadTooShort(company_id)
    return first[: company.free_slots], first[company.free_slots :]


def _first(entries: list[Entry], slots: int) -> list[Entry]:
    """Who gets the slots: those whose turn is held, then the others, each in the order given."""
    return sorted(entries, key=lambda entry: not entry.held)[:slots]


def turn_changes(hall: Hall, company_ids: Iterable[int]) -> Iterator[Event]:
    """The turns that ended at these companies, then those that began, then who is next, then
    the reminders.

    What was callable before is read from the entries: each holds its turn. Ends come first, so
    that nobody is called to a slot that another still has.
    """
    company_ids = sorted(company_ids)
    called: dict[int, Entry] = {}
    coming_next: list[Entry] = []
    for company_id in company_ids:
        first, after = _called_and_next(hall, company_id, MOST_TOLD_SOON)
        first.sort(key=lambda entry: entry.order)
        called |= {entry.id: entry for entry in first}
        coming_next += after
    for company_id in company_ids:
        ended = [e for e in hall.entries_of(company_id) if e.turn is not None]
        for entry in sorted(ended, key=lambda entry: entry.order):
            if entry.id not in called:
                yield _turn_ended(hall, entry)
    for entry in called.values():
        if entry.turn is None:
            yield TurnCame(entry.id, entry.company_id, entry.student_id)
    yield from _told_soon(coming_next)
    for company_id in company_ids:
        for entry in _to_remind(hall, company_id):
            yield Reminded(entry.id, entry.company_id, entry.student_id)


def _told_soon(coming_next: Iterable[Entry]) -> Iterator[TurnSoon]:
    """Students who are next, told once: not again when they fall back and return."""
    for entry in coming_next:
        if not entry.told_soon:
            yield TurnSoon(entry.id, entry.company_id, entry.student_id)


def _turn_ended(hall: Hall, entry: Entry) -> TurnEnded:
    assert entry.turn is not None
    return TurnEnded(
        entry.id, entry.company_id, entry.student_id, entry.turn, why_not_callable(hall, entry)
    )


def why_not_callable(hall: Hall, entry: Entry) -> TurnEndedBecause:
    """The first reason why an entry is not callable, as its student would see it."""
    because = TurnEndedBecause
    company = hall.companies[entry.company_id]
    if entry.state is EntryState.LEFT:
        return because.LEFT
    if not entry.waiting:
        return because.DONE
    if entry.aside:
        return because.ASIDE
    if entry.presence is not Presence.AVAILABLE:
        return because(entry.presence.value)
    if company.status is CompanyStatus.PAUSED:
        return because.COMPANY_PAUSED
    if hall.phase is not Phase.OPEN:
        return because.FAIR_NOT_OPEN
    if not company.free_slots:
        return because.NO_FREE_SLOT
    return because.SOMEONE_AHEAD


def _to_remind(hall: Hall, company_id: int) -> list[Entry]:
    """The entries whose students would be called if nobody were paused (rule 12).

    Each is reminded once in a pause. Those reminded before still take their place here: without
    them, any change in the queue would remind the next ones.
    """
    company = hall.companies.get(company_id)
    if company is None or not calls(hall, company):
        return []
    would_come = [entry for entry in hall.waiting_at(company_id) if entry.ready or away(entry)]
    first = _first(would_come, company.free_slots)
    return [entry for entry in first if away(entry) and not entry.reminded]


def away(entry: Entry) -> bool:
    """Whether it would be called if its paused student came back."""
    return entry.waiting and not entry.aside and entry.presence is Presence.PAUSED
