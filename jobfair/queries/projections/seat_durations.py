"""How long seats are held, from the call to the end of the interview.

Interviews from paper have no known call, so they do not count.
"""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from jobfair.db.statements import CompiledStatement
from jobfair.domain.events import CompletionUndone, InterviewCompleted, kind
from jobfair.domain.waiting_time import DurationModel, duration_model
from jobfair.feed import journal
from jobfair.models import Entry, JournalRow
from jobfair.queries.projections.projection import Projection
from jobfair.wording.times.local_time import midnight

OWN_LATEST, FAIR_LATEST = 30, 200
"""Only this many of the latest durations count, so that a stand that gets faster is noticed."""

Durations = deque[tuple[int | None, datetime, float]]
"""The entry, when its interview ended, and for how many seconds it held the seat."""

_COMPLETED = kind(InterviewCompleted)
_UNDONE = kind(CompletionUndone)
_ROWS = CompiledStatement(
    select(
        JournalRow.number,
        JournalRow.at,
        JournalRow.kind,
        JournalRow.company_id,
        JournalRow.entry_id,
        func.coalesce(Entry.called_at, Entry.started_at),
    )
    .outerjoin(Entry, Entry.id == JournalRow.entry_id)
    .where(
        JournalRow.number >= bindparam("first"),
        JournalRow.number <= bindparam("until"),
        or_(JournalRow.kind == _COMPLETED, JournalRow.kind == _UNDONE),
    )
    .order_by(JournalRow.number)
)


class SeatDurations(Projection):
    """The latest durations of each company and of the whole fair."""

    def begin(self) -> None:
        """Be as before the first row."""
        self._until = 0
        self._own: defaultdict[int, Durations] = defaultdict(lambda: deque(maxlen=OWN_LATEST))
        self._fair: Durations = deque(maxlen=FAIR_LATEST)

    def count(self, row: Any) -> None:
        """Count the end of an interview, or remove it when it was undone."""
        _, at, name, company_id, entry_id, held_since = row
        if name == _UNDONE:
            for durations in (self._own[company_id], self._fair):
                _take_back(durations, entry_id)
        # The company, or the student with all entries, may have been deleted since, and what was
        # completed may have been undone and broken off.
        elif company_id is not None and held_since is not None:
            seconds = (at - held_since) / timedelta(seconds=1)
            for durations in (self._own[company_id], self._fair):
                durations.append((entry_id, at, seconds))

    def model_of(
        self, connection: Connection, company_id: int, number: int
    ) -> DurationModel | None:
        """How long the company holds a seat today, from the journal up to `number`.

        Uses the caller's connection: a second one might never become free, as others wait here
        with theirs. Returns None while there are too few durations.
        """
        morning = midnight()
        with self.lock:
            # The connection may show an older state than others have counted already.
            if number > self._until:
                self.catch_up(lambda first: _ROWS.rows(connection, first=first, until=number))
                self._until = number
            return duration_model(
                _since(morning, self._own[company_id]), _since(morning, self._fair)
            )


shared = journal.derived(SeatDurations)
"""Those of the whole process."""


def _take_back(durations: Durations, entry_id: int | None) -> None:
    """Remove the durations of an entry whose interview runs again."""
    for each in [each for each in durations if each[0] == entry_id]:
        durations.remove(each)


def _since(morning: datetime, durations: Durations) -> list[float]:
    return [seconds for _, at, seconds in durations if at >= morning]
