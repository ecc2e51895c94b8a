"""How long a seat is held, from the call to the end of the interview, counted from the journal
once a process and row."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection, bindparam, func, or_, select

from jobfair import catalogue, clock
from jobfair.db.statements import CompiledStatement
from jobfair.domain.events import (
    CompletionUndone,
    InterviewCompleted,
    kind,
)
from jobfair.domain.waiting_time import DurationModel, duration_model
from jobfair.extensions import PerApp
from jobfair.models import Entry, JournalRow
from jobfair.wording.local_time import zone

OWN_LATEST, FAIR_LATEST = 30, 200
"""The latest lengths that are looked at: a stand that hurries in the afternoon is believed."""

Lengths = deque[tuple[int | None, datetime, float]]
"""The entry, when its interview ended, and for how many seconds it held the seat."""

_COMPLETED = kind(InterviewCompleted)
_UNDONE = kind(CompletionUndone)

_ROWS = CompiledStatement(
    select(
        JournalRow.kind,
        JournalRow.company_id,
        JournalRow.entry_id,
        func.coalesce(Entry.called_at, Entry.started_at),
        JournalRow.at,
    )
    .outerjoin(Entry, Entry.id == JournalRow.entry_id)
    .where(
        JournalRow.number > bindparam("after"),
        JournalRow.number <= bindparam("until"),
        or_(*(JournalRow.kind == each for each in (_COMPLETED, _UNDONE, *catalogue.RESETS))),
    )
    .order_by(JournalRow.number)
)


class SeatDurations:
    """A process's lengths, which go on from the row where they stopped."""

    def __init__(self) -> None:
        self._until = 0
        self._counting = Lock()
        self._forget()

    def habit_of(
        self, connection: Connection, company_id: int, number: int
    ) -> DurationModel | None:
        """What is known of a company today, by the journal up to a number that was reached.

        None while there are too few lengths.
        """
        with self._counting:
            # With the caller's connection: whoever waits for the lock may hold the last one.
            self._count(connection, number)
            morning = clock.now().astimezone(zone()).replace(hour=0, minute=0, second=0)
            return duration_model(
                _since(morning, self._own[company_id]), _since(morning, self._fair)
            )

    def _forget(self) -> None:
        self._own: defaultdict[int, Lengths] = defaultdict(lambda: deque(maxlen=OWN_LATEST))
        self._fair: Lengths = deque(maxlen=FAIR_LATEST)

    def _count(self, connection: Connection, number: int) -> None:
        if number <= self._until:
            return
        rows = _ROWS.rows(connection, after=self._until, until=number)
        for name, company_id, entry_id, began_at, ended_at in rows:
            if name in catalogue.RESETS:
                self._forget()
            elif name == _UNDONE:
                for lengths in (self._own[company_id], self._fair):
                    _take_back(lengths, entry_id)
            # The company, or the student with all entries, may have been deleted since, and what
            # was completed may have been undone and broken off.
            elif company_id is not None and began_at is not None:
                length = (entry_id, ended_at, (ended_at - began_at) / timedelta(seconds=1))
                self._own[company_id].append(length)
                self._fair.append(length)
        self._until = number


shared = PerApp(SeatDurations)
"""The lengths of the whole process."""


def _take_back(lengths: Lengths, entry_id: int | None) -> None:
    """Leave out what an entry's interview had taken when it was ended by mistake."""
    for length in [each for each in lengths if each[0] == entry_id]:
        lengths.remove(length)


def _since(morning: datetime, lengths: Lengths) -> list[float]:
    return [seconds for _, at, seconds in lengths if at >= morning]
