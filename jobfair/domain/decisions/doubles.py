"""One person with two accounts: who looks alike, and what merging them does (rule 11)."""

from __future__ import annotations

from collections.abc import Sequence

from jobfair.domain.decisions.overrides import delete_student
from jobfair.domain.events import Event, Joined, PlacesDealt, Reordered
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Entry, EntryState, Hall

SHORTEST = 6
"""In shorter names one other letter means another person."""


def same_name(one: str, other: str) -> bool:
    """Whether two full names are the same words, in any order. Both without case and accents."""
    return sorted(one.split()) == sorted(other.split())


def names_alike(one: str, other: str) -> bool:
    """Whether two full names may be one person's: the same words in any order, or one letter off.

    Both without case and accents.
    """
    first, second = ("".join(sorted(each.split())) for each in (one, other))
    if first == second:
        return True
    return min(len(first), len(second)) >= SHORTEST and _one_letter_off(first, second)


def _one_letter_off(one: str, other: str) -> bool:
    """Whether one letter put in, left out or changed makes the one the other, or two swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    changed = one[at + 1 :] == other[at + 1 :]
    put_in = one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return changed or put_in or swapped


def addresses_alike(one: str, other: str) -> bool:
    """Whether two addresses may be one person's: alike before the @, dots, digits and +… aside."""
    first, second = map(_owner, (one, other))
    return first == second and len(first) >= SHORTEST


def _owner(address: str) -> str:
    return "".join(filter(str.isalpha, address.partition("@")[0].partition("+")[0]))


def merge(hall: Hall, kept_id: int, gone_id: int, name: str) -> tuple[Event, ...] | Refusal:
    """Give a student's waiting places to another account of theirs, and delete the first.

    The new places are where the old ones were; in a queue where both wait, the better one counts.
    A place that was set aside waits like any other: its owner is here. Refused where the account
    to be deleted has an interview, running or done: its history would go. `name` is what the
    journal keeps of it. The hall must hold everything.
    """
    entries = sorted(hall.entries_by(gone_id), key=lambda entry: entry.id)
    if any(entry.running or entry.state is EntryState.DONE for entry in entries):
        return Refusal(Code.HAS_INTERVIEWS)
    events: list[Event] = []
    for entry in entries:
        if entry.waiting:
            events += _handed_over(hall, entry, kept_id, len(events))
    return (*events, *delete_student(hall, gone_id, name))


def _handed_over(hall: Hall, entry: Entry, kept_id: int, after: int) -> Sequence[Event]:
    own, company_id = hall.entry_between(kept_id, entry.company_id), entry.company_id
    behind = hall.companies[company_id].last_position + 1
    if own is None:
        new_id, undrawn = hall.number + after + 1, entry.position is None
        joined = Joined(new_id, company_id, kept_id, None if undrawn else behind)
        return (joined, *_swapped(entry, new_id, behind))
    if not own.waiting or entry.position is None or own.order < entry.order:
        return ()
    if own.position is not None:
        return _swapped(entry, own.id, own.position)
    # One that is still to be drawn needs a position before it can be changed.
    return (PlacesDealt(company_id, ((own.id, behind),)), *_swapped(entry, own.id, behind))


def _swapped(entry: Entry, other_id: int, position: int) -> tuple[Reordered, ...]:
    """The other entry where this one was; nothing where this one is still to be drawn."""
    if entry.position is None:
        return ()
    before = ((entry.id, entry.position), (other_id, position))
    after = ((other_id, entry.position), (entry.id, position))
    return (Reordered(entry.company_id, before, after),)
