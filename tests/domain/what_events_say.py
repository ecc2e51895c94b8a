"""What an event says must be so: whose entry it is about, what was before, each in its own type.

The journal's readers believe it. The rules do not look again at what they have said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from jobfair.domain.events import (
    CompanyStatusChanged,
    CompletionUndone,
    Event,
    Joined,
    OfEntry,
    PhaseChanged,
    PlacesDealt,
    PutIntoLot,
    QueueLimitChanged,
    Reordered,
    SlotsChanged,
    StudentStatusChanged,
)
from jobfair.domain.state import Hall


def check_events(before: Hall, events: Sequence[Event]) -> None:
    """Takes the hall before a decision's events, and all of them."""
    dealt = {
        each: at for event in events if isinstance(event, PlacesDealt) for each, at in event.dealt
    }
    added = {event.entry_id: event for event in events if isinstance(event, Joined)}
    for event in events:
        check_types(event)
        if isinstance(event, OfEntry):
            entry = before.entries.get(event.entry_id) or added[event.entry_id]
            assert (event.company_id, event.student_id) == (entry.company_id, entry.student_id)
        if isinstance(event, Reordered):
            were = {
                each: dealt.get(each) or (before.entries.get(each) or added[each]).position
                for each, _ in event.after
            }
            assert dict(event.before) == were
        elif isinstance(event, PutIntoLot):
            assert all(before.entries[each].position == at for each, at in event.before)
        else:
            assert _said_before(event) == _was(before, event)


def _said_before(event: Event) -> object:
    if isinstance(event, CompletionUndone):
        return event.completion
    return event.before if isinstance(event, CHANGES) else None


CHANGES = (
    CompanyStatusChanged,
    PhaseChanged,
    QueueLimitChanged,
    SlotsChanged,
    StudentStatusChanged,
)


def _was(before: Hall, event: Event) -> object:
    match event:
        case CompanyStatusChanged():
            return before.companies[event.company_id].status
        case SlotsChanged():
            return before.companies[event.company_id].slots
        case QueueLimitChanged():
            return before.companies[event.company_id].queue_limit
        case StudentStatusChanged():
            return before.students[event.student_id].status
        case PhaseChanged():
            return before.phase
        case CompletionUndone():
            return before.entries[event.entry_id].ended
        case _:
            return None


def check_types(thing: Any) -> None:
    """Each field of an event, or of a part of the hall, is of the type that it is declared as."""
    hints = _hints(type(thing))
    for each in fields(thing):
        assert _is_of(getattr(thing, each.name), hints[each.name]), (thing, each.name)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _is_of(value: object, hint: Any) -> bool:
    if isinstance(hint, UnionType):
        return any(_is_of(value, each) for each in get_args(hint))
    return isinstance(value, get_origin(hint) or hint)
