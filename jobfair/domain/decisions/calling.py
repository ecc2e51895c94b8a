"""Answering a call: coming, passing, not coming, being here again (rules 4, 9 and 14)."""

from __future__ import annotations

from datetime import timedelta

from jobfair.domain.decisions.joining import not_waiting
from jobfair.domain.events import CallSeen, CameBack, Event, HoldGivenUp, SaidComing, SetAside
from jobfair.domain.reasons import AsideBecause
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Hall

HOLD = timedelta(minutes=3)
"""How long «J'y vais» protects a turn from students who stand ahead and come back."""


def see(hall: Hall, entry_id: int, turn: int) -> tuple[Event, ...]:
    """A screen of the student has shown this turn.

    `turn` is its journal number. Returns no event when the turn is over or was seen before.
    """
    entry = hall.entries[entry_id]
    if entry.turn != turn or entry.seen:
        return ()
    return (CallSeen(entry.id, entry.company_id, entry.student_id),)


def say_coming(hall: Hall, entry_id: int) -> tuple[Event, ...] | Refusal:
    """A called student says «J'y vais», which holds the turn for `HOLD`. Twice is no error.

    It is said to one stand at a time: any other hold of theirs ends, and that turn stays (rule 14).
    """
    entry = hall.entries[entry_id]
    if refusal := not_waiting(entry):
        return refusal
    if entry.turn is None:
        return Refusal(Code.NOT_CALLED)
    if entry.coming_at is not None:
        return ()
    given_up = (
        HoldGivenUp(other.id, other.company_id, other.student_id)
        for other in hall.entries_by(entry.student_id)
        if other.coming_at is not None
    )
    return (*given_up, SaidComing(entry.id, entry.company_id, entry.student_id))


def set_aside(hall: Hall, entry_id: int, because: AsideBecause) -> tuple[Event, ...] | Refusal:
    """A called entry keeps its place, but is not called again until its student comes back.

    `because` says who wanted it: «Pas venu» or «Passe mon tour».
    """
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
