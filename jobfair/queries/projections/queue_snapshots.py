"""Who stands where in a queue, once a worker and revision, for all who look at it.

A thousand people in one queue ask for their place after every change. Each asking the database
costs a thousand queries; here the queue is read once and each looks up a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import phase_of, read_transaction
from jobfair.domain.state import Phase, Presence
from jobfair.domain.waiting_time import Ahead, Range
from jobfair.feed import journal
from jobfair.models import (
    RUNNING,
    WAITING,
    Company,
    Entry,
    Student,
)
from jobfair.queries.projections import seat_durations
from jobfair.queries.projections.wait_forecast import ForecastByMinute
from jobfair.queries.views import CompanyView

COMPANY = [Company.__table__.c[each.name] for each in fields(CompanyView)]


class Seat(NamedTuple):
    """A slot that is taken: by whom, and since when: the call, or the start without one."""

    first_name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class QueueSnapshot:
    """One queue at one revision of its company.

    `ahead` gives the waiting entries before each entry, `everybody` all of them. `next_id` is
    the entry that is called when the next slot is free, `after` the first name of whom it
    follows. `outlook` is what is known of the time it takes, None while that is nothing.
    """

    company: CompanyView
    ahead: dict[int, Ahead]
    everybody: Ahead
    next_id: int | None
    after: str | None
    outlook: ForecastByMinute | None = field(compare=False)

    def after_whom(self, entry_id: int) -> str | None:
        return self.after if entry_id == self.next_id else None

    def wait(self, entry_id: int, now: datetime) -> Range | None:
        """The minutes until it would be the turn of an entry, as a range; None for a guess."""
        ahead = self.ahead.get(entry_id)
        return None if ahead is None or self.outlook is None else self.outlook.wait(ahead, now)

    def wait_of_a_newcomer(self, now: datetime) -> Range | None:
        """The same for somebody who would join now."""
        return None if self.outlook is None else self.outlook.wait(self.everybody, now)


class QueueSnapshots:
    """A process's lines. Each is kept until its company's revision moves on."""

    def __init__(self) -> None:
        self._lines: dict[int, QueueSnapshot] = {}
        self._checked: dict[int, int] = {}
        self._loading = Lock()

    def of(self, connection: Connection, company: CompanyView) -> QueueSnapshot:
        """The line of a company that was just read."""
        line = self._lines.get(company.id)
        if line is not None and line.company.revision == company.revision:
            return line
        # Without the lock: whoever holds it may be waiting for a connection such as this one.
        return self._kept(connection, company)

    def at(self, company_id: int, number: int) -> QueueSnapshot | None:
        """The line at or after a journal number, read at most once for each number.

        Returns None when the company is no more.
        """
        if self._checked.get(company_id, -1) < number:
            with self._loading:
                if self._checked.get(company_id, -1) < number:
                    self._read(company_id, number)
        return self._lines.get(company_id)

    def kept(self, company: CompanyView) -> QueueSnapshot | None:
        """The line of a company as a viewer has seen it, unless it has moved on since."""
        line = self._lines.get(company.id)
        return line if line is not None and line.company.revision == company.revision else None

    def _read(self, company_id: int, number: int) -> None:
        with read_transaction() as connection:
            row = _COMPANY.row(connection, company_id=company_id)
            if row is None:
                self._lines.pop(company_id, None)
            else:
                self._kept(connection, CompanyView(*row))
        self._checked[company_id] = number

    def _kept(self, connection: Connection, company: CompanyView) -> QueueSnapshot:
        line = self._lines.get(company.id)
        if line is not None and line.company.revision == company.revision:
            return line
        read = _read(connection, company)
        line = self._lines.get(company.id)
        # Whoever looked a moment ago may have seen less than what is kept; it stays theirs.
        if line is None or line.company.revision < company.revision:
            self._lines[company.id] = read
        return read


shared = journal.derived(QueueSnapshots)
"""Those of the whole process."""


_COMPANY = CompiledStatement(select(*COMPANY).where(Company.id == bindparam("company_id")))
_HERE = Entry.company_id == bindparam("company_id")
_IN_LINE = CompiledStatement(
    select(Entry.id, Entry.aside, Entry.presence, Entry.turn)
    .where(_HERE, WAITING)
    .order_by(Entry.position)
)
_SEATS = (
    select(Student.first_name, func.coalesce(Entry.called_at, Entry.started_at))
    .join(Entry, Entry.student_id == Student.id)
    .where(_HERE)
)
_CALLED = CompiledStatement(_SEATS.where(Entry.turn.is_not(None)).order_by(Entry.turn.desc()))
_RUNNING = CompiledStatement(_SEATS.where(RUNNING).order_by(Entry.started_at))


def _read(connection: Connection, company: CompanyView) -> QueueSnapshot:
    ahead: dict[int, Ahead] = {}
    counts: Counter[str] = Counter()
    upcoming = None
    for entry_id, aside, presence, turn in _IN_LINE.rows(connection, company_id=company.id):
        ahead[entry_id] = Ahead(**counts)
        kind = "aside" if aside else _KINDS[presence]
        counts[kind] += 1
        if upcoming is None and kind == "ready" and turn is None:
            upcoming = entry_id
    seats = [
        Seat(*row)
        for each in (_CALLED, _RUNNING)
        for row in each.rows(connection, company_id=company.id)
    ]
    # Next in line follows the last one called who has not started, else whose interview has
    # run the longest.
    after = seats[0].first_name if seats else None
    outlook = _outlook(connection, company, seats)
    return QueueSnapshot(company, ahead, Ahead(**counts), upcoming, after, outlook)


_KINDS = {
    Presence.AVAILABLE: "ready",
    Presence.PAUSED: "paused",
    Presence.IN_INTERVIEW: "elsewhere",
    Presence.INACTIVE: "inactive",
}


def _outlook(
    connection: Connection, company: CompanyView, seats: Sequence[Seat]
) -> ForecastByMinute | None:
    if not company.recruiting or phase_of(connection) is not Phase.OPEN:
        return None
    habit = seat_durations.shared.get().model_of(connection, company.id, company.revision)
    if habit is None:
        return None
    held_since = tuple(seat.since for seat in seats)
    return ForecastByMinute(habit, company.slots, company.running, held_since)
