"""What the events of a call change on its entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from jobfair.domain.calling import HOLD
from jobfair.domain.events import (
    CallSeen,
    HoldEnded,
    Reminded,
    SaidComing,
    TurnCame,
    TurnEnded,
)
from jobfair.domain.state import Entry

CallEvent = TurnCame | TurnEnded | CallSeen | SaidComing | HoldEnded | Reminded


def evolve_call(entry: Entry, event: CallEvent, number: int, at: datetime) -> Entry:
    """The entry after one such event, whose journal number and time are given."""
    match event:
        case TurnCame():
            return replace(entry, turn=number, called_at=at)
        case TurnEnded():
            return replace(without_turn(entry), called_at=None)
        case CallSeen():
            return replace(entry, seen=True)
        case SaidComing():
            return replace(entry, seen=True, coming_at=at, held_until=at + HOLD)
        case HoldEnded():
            return replace(entry, held_until=None)
        case Reminded():
            return replace(entry, reminded=True)


def without_turn(entry: Entry) -> Entry:
    """The entry with nothing left of its turn but when it was called."""
    return replace(entry, turn=None, seen=False, coming_at=None, held_until=None)
