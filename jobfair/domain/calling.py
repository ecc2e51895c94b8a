"""Answering a call: passing, not coming, being here again (rules 4 and 9)."""

from __future__ import annotations

from jobfair.domain.events import AsideBecause, CameBack, Event, SetAside
from jobfair.domain.joining import not_waiting
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Hall


def set_aside(hall: Hall, entry_id: int, because: AsideBecause) -> tuple[Event, ...] | Refusal:
    """A called entry is skipped from now on and keeps its place: «Pas venu», «Passe mon tour»."""
    entry = hall.entries[entry_id]
    if refusal := not_waiting(entry):
        return refusal
    if entry.turn is None:
        return Refusal(Code.NOT_CALLED)
    return (SetAside(entry.id, entry.company_id, entry.student_id, because),)


def come_back(hall: Hall, entry_id: int) -> tuple[Event, ...] | Refusal:
    """A student whose entry was set aside says «Je suis là»."""
    entry = hall.entries[entry_id]
    if refusal := not_waiting(entry):
        return refusal
    if not entry.aside:
        return Refusal(Code.NOT_SET_ASIDE)
    return (CameBack(entry.id, entry.company_id, entry.student_id),)
