"""What ends by itself: a hold, and a call that nobody answers (rule 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from jobfair.domain.calling import HOLD
from jobfair.domain.events import (
    AsideBecause,
    Event,
    HoldEnded,
    SetAside,
)
from jobfair.domain.state import Entry, Hall


@dataclass(frozen=True, slots=True)
class ElapsedTime:
    """How much time counts at the fair.

    Time counts from `since` to `now`: in between, a process has seen the clock run evenly. Time
    before a jump of the clock, or while the server was down, does not count. `call_length` is
    how long a call lasts, None where it does not end.
    """

    now: datetime
    since: datetime
    call_length: timedelta | None

    def has_passed(self, start: datetime, length: timedelta) -> bool:
        """Whether `length` has passed since `start`.

        A start before `since`, or after `now` because a clock was ahead, counts from `since`.
        """
        counted = start if self.since <= start <= self.now else self.since
        return counted + length <= self.now


def expire(hall: Hall, entry_id: int, time: ElapsedTime) -> tuple[Event, ...]:
    """The event by which time alone ends a call or its hold, or none."""
    entry = hall.entries.get(entry_id)
    event = None if entry is None else expiry_event(entry, time)
    return () if event is None else (event,)


def expiry_event(entry: Entry, time: ElapsedTime) -> Event | None:
    """What is due now: the end of a call, which sets its entry aside, or the end of a hold.

    A call lasts at least as long as its hold. Returns None when nothing is due.
    """
    of_entry = (entry.id, entry.company_id, entry.student_id)
    if entry.turn is None or entry.called_at is None:
        return None
    if entry.coming_at is not None and entry.held and not time.has_passed(entry.coming_at, HOLD):
        return None
    if time.call_length is not None and time.has_passed(entry.called_at, time.call_length):
        return SetAside(*of_entry, AsideBecause.RAN_OUT)
    return HoldEnded(*of_entry) if entry.held else None
