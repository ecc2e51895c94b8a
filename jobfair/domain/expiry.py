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
    """How time has passed, as somebody watched it.

    `now` is the time, `since` the one from which on the clock ran evenly under that watch: over
    a time when the clock jumped, or the house was shut, nothing is counted. `call_length` is how
    long a call lasts, None where it does not end.
    """

    now: datetime
    since: datetime
    call_length: timedelta | None

    def has_passed(self, start: datetime, length: timedelta) -> bool:
        """Whether so much time has passed since the start of something.

        What began before the watch, or by a clock that was ahead, counts from the watch on.
        """
        counted = start if self.since <= start <= self.now else self.since
        return counted + length <= self.now


def expire(hall: Hall, entry_id: int, time: ElapsedTime) -> tuple[Event, ...]:
    """What time ends of an entry's turn, if anything."""
    entry = hall.entries.get(entry_id)
    event = None if entry is None else expiry_event(entry, time)
    return () if event is None else (event,)


def expiry_event(entry: Entry, time: ElapsedTime) -> Event | None:
    """What is due: a call that ran out sets its entry aside, «J'arrive» holds a turn no longer.

    A call lasts at least as long as its hold.
    """
    of_entry = (entry.id, entry.company_id, entry.student_id)
    if entry.turn is None or entry.called_at is None:
        return None
    if entry.coming_at is not None and entry.held and not time.has_passed(entry.coming_at, HOLD):
        return None
    if time.call_length is not None and time.has_passed(entry.called_at, time.call_length):
        return SetAside(*of_entry, AsideBecause.RAN_OUT)
    return HoldEnded(*of_entry) if entry.held else None
