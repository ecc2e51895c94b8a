"""What ends by itself: a hold, and a call that nobody answers (rule 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from jobfair.domain.decisions.calling import HOLD
from jobfair.domain.events import Event, HoldEnded, SetAside
from jobfair.domain.reasons import AsideBecause
from jobfair.domain.state import Entry, Hall


@dataclass(frozen=True, slots=True)
class CallLength:
    """How long a call lasts, None where it does not end, and since when that is so.

    A call that was under way by then counts again.
    """

    lasts: timedelta | None
    since: datetime | None = None

    def counted_from(self, called_at: datetime, now: datetime) -> datetime:
        """From when on a call counts. A change after `now` was timed by a clock that was ahead."""
        if self.since is not None and called_at < self.since <= now:
            return self.since
        return called_at

    def ends(self, called_at: datetime, now: datetime) -> datetime | None:
        """When a call that nobody answers runs out at the earliest, if it does."""
        return None if self.lasts is None else self.counted_from(called_at, now) + self.lasts


@dataclass(frozen=True, slots=True)
class ElapsedTime:
    """How much time counts at the fair.

    Time counts from `since` to `now`: in between, a process has seen the clock run evenly. Time
    before a jump of the clock, or while the server was down, does not count. `call_length` says how
    long a call lasts.
    """

    now: datetime
    since: datetime
    call_length: CallLength

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
    lasts = time.call_length.lasts
    start = time.call_length.counted_from(entry.called_at, time.now)
    if lasts is not None and time.has_passed(start, lasts):
        return SetAside(*of_entry, AsideBecause.RAN_OUT)
    return HoldEnded(*of_entry) if entry.held else None
