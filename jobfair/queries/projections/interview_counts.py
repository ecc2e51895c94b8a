"""The journal's interviews counted once for each process, and from then on only what is new.

Reading a hundred thousand rows takes a third of a second; the overview asks at every change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from flask import current_app
from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.models import JournalRow
from jobfair.queries.projections.interviews import (
    GivenUp,
    Interview,
    InterviewProjection,
    Outcome,
    Resumed,
    rows,
)

QUARTER_SECONDS = 15 * 60


@dataclass(slots=True)
class Count:
    """What came of the interviews, and of the places given up, so far."""

    lengths: list[timedelta] = field(default_factory=list)
    waits: list[timedelta] = field(default_factory=list)
    broken_off: int = 0
    running: int = 0
    given_up: int = 0

    def add(self, outcome: Interview | GivenUp | Resumed) -> None:
        """Let an interview that began, ended or went on count, or a place given up."""
        if isinstance(outcome, GivenUp):
            self.given_up += 1
        elif isinstance(outcome, Resumed):
            self.running += 1
            self.lengths.remove(outcome.ended.length or timedelta())
        elif outcome.length is None:
            self.running += 1
            self.waits.append(outcome.waited)
        else:
            self.running -= 1
            if outcome.outcome is Outcome.DONE:
                self.lengths.append(outcome.length)
            else:
                self.broken_off += 1


class Tally:
    """The counts after so many rows of the journal: overall, by company, by quarter of an hour.

    `began` and `done` are by the number of the quarter since 1970.
    """

    def __init__(self) -> None:
        self.overall = Count()
        self.companies: dict[int, Count] = {}
        self.began: Counter[int] = Counter()
        self.done: Counter[int] = Counter()
        self._unfolding = InterviewProjection()
        self._last: tuple[int, datetime] | None = None

    def is_of_this_journal(self) -> bool:
        """Whether the last row counted is there still; a fair that is restored has others."""
        if self._last is None:
            return True
        number, at = self._last
        row = select(JournalRow.at).where(JournalRow.number == number)
        with read_transaction() as connection:
            return bool(connection.execute(row).scalar() == at)

    def catch_up(self) -> None:
        """Count the rows that are new."""
        for row in rows(after=0 if self._last is None else self._last[0]):
            outcome = self._unfolding.after(row)
            if outcome is not None:
                self._add(outcome)
            self._last = row.number, row.at

    def _add(self, outcome: Interview | GivenUp | Resumed) -> None:
        self.overall.add(outcome)
        self.companies.setdefault(outcome.company_id, Count()).add(outcome)
        if isinstance(outcome, Resumed) and outcome.ended.ended_at is not None:
            self.done -= Counter([_quarter(outcome.ended.ended_at)])
        elif isinstance(outcome, Interview):
            if outcome.ended_at is None:
                self.began[_quarter(outcome.started_at)] += 1
            elif outcome.outcome is Outcome.DONE:
                self.done[_quarter(outcome.ended_at)] += 1


class _SharedTally:
    def __init__(self) -> None:
        self.tally = Tally()
        self.lock = Lock()


@contextmanager
def caught_up() -> Iterator[Tally]:
    """The process's tally, up to the journal's end; nobody else counts within the block."""
    kept: _SharedTally = current_app.extensions.setdefault("jobfair_tally", _SharedTally())
    with kept.lock:
        if not kept.tally.is_of_this_journal():
            kept.tally = Tally()
        kept.tally.catch_up()
        yield kept.tally


def _quarter(moment: datetime) -> int:
    return int(moment.timestamp()) // QUARTER_SECONDS
