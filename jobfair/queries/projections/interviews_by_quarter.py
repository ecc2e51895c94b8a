"""How the interviews come over the day, counted from the journal once a process and row."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Lock

from flask import current_app
from sqlalchemy import select

from jobfair import catalogue
from jobfair.db.transactions import read_transaction, revision
from jobfair.domain.events import (
    InterviewStarted,
    kind,
)
from jobfair.models import JournalRow

QUARTER = timedelta(minutes=15)
"""Of an hour; every time zone in use begins its hours with one."""

_STARTED = kind(InterviewStarted)


class InterviewsByQuarter:
    """A process's counts, which go on from the row where they stopped."""

    def __init__(self) -> None:
        self._counts: Counter[datetime] = Counter()
        self._until = 0
        self._counting = Lock()

    def now(self) -> dict[datetime, int]:
        """How many interviews began in each quarter of an hour in which any did."""
        newest = revision()
        with self._counting:
            if self._until < newest:
                rows = _rows(self._until, newest)
                if self._until and any(name in catalogue.RESETS for name, _ in rows):
                    self._counts.clear()
                    rows = _rows(0, newest)
                self._counts.update(_quarter(at) for name, at in rows if name == _STARTED)
                self._until = newest
            return dict(self._counts)


def interviews_by_quarter() -> dict[datetime, int]:
    """How many interviews began in each quarter of an hour, by the time in UTC it began.

    An interview that took place counts, whatever became of it.
    """
    shared: InterviewsByQuarter = current_app.extensions.setdefault(
        "jobfair_pace", InterviewsByQuarter()
    )
    return shared.now()


def _rows(after: int, until: int) -> list[tuple[str, datetime]]:
    query = select(JournalRow.kind, JournalRow.at).where(
        JournalRow.number > after,
        JournalRow.number <= until,
        JournalRow.kind.in_((_STARTED, *catalogue.RESETS)),
    )
    with read_transaction() as connection:
        return [(name, at) for name, at in connection.execute(query)]


def _quarter(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC)
    return moment - (moment - datetime.min.replace(tzinfo=UTC)) % QUARTER
