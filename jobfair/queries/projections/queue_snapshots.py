"""The order of a queue, read once per process and revision for all viewers.

After each change a thousand students in one queue need their new place. Reading it for each would
take a thousand queries. Here the queue is read once, and each place is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Connection, String, bindparam, func, select, type_coerce

from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit, phase_of, read_transaction
from jobfair.domain.state import Phase, Presence
from jobfair.domain.waiting_time import Ahead, NoRange, Range, Unsaid, ends_before
from jobfair.feed import journal
from jobfair.models import (
    BY_POSITION,
    RUNNING,
    WAITING,
    Company,
    Entry,
    Student,
)
from jobfair.queries.projections import seat_durations
from jobfair.queries.projections.wait_forecast import ForecastByMinute
from jobfair.queries.views import COMPANY_COLUMNS, CompanyView


class Seat(NamedTuple):
    """A slot that is taken: by whom, and since when. It is taken from the call or the start on."""

    first_name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class QueueSnapshot:
    """One queue at one revision of its company.

    `ahead` gives, by entry, the waiting entries before it, but for those whose place is still to
    be drawn (rule 17), `everybody` all of them. `next_id` is
    the entry that is called when the next slot is free, `after` the first name of the student
    whose slot it gets. `forecast` is None while too little is known for one.
    """

    company: CompanyView
    ahead: dict[int, Ahead]
    everybody: Ahead
    next_id: int | None
    after: str | None
    forecast: ForecastByMinute | None = field(compare=False)

    def after_whom(self, entry_id: int) -> str | None:
        """The first name of the student before, if this entry is next in line."""
        return self.after if entry_id == self.next_id else None

    def wait(self, ahead: Ahead | None, now: datetime) -> Range | None:
        """How long an entry waits with these ahead, as a range of minutes; None while it would be a
        guess."""
        return None if ahead is None or self.forecast is None else self.forecast.wait(ahead, now)

    def unsaid(self, ahead: Ahead | None, now: datetime) -> Unsaid | None:
        """Why there is no such range while the fair is open; None where there is one."""
        if ahead is None:
            return None
        if self.forecast is None:
            seats = self.company.running, self.company.slots
            at_once = ends_before(ahead, *seats) <= 0
            return Unsaid(NoRange.AT_ONCE if at_once else NoRange.TOO_EARLY)
        estimate = self.forecast.estimate(ahead, now)
        return estimate if isinstance(estimate, Unsaid) else None

    def wait_of_a_newcomer(self, now: datetime, waiting: int | None = None) -> Range | None:
        """The same for a student who would join now, or once this many wait.

        Those who have come since count as ready, as hardly anybody joins and goes at once.
        """
        ahead = self.everybody
        if waiting is not None:
            ahead = ahead._replace(ready=max(0, ahead.ready + waiting - ahead.total))
        return self.wait(ahead, now)


class QueueSnapshots:
    """The latest snapshot of each company in this process."""

    def __init__(self) -> None:
        self._latest: dict[int, QueueSnapshot] = {}
        self._read_until: dict[int, int] = {}
        self._reading = Lock()

    def of(self, connection: Connection, company: CompanyView) -> QueueSnapshot:
        """The snapshot of a company that was just read with this connection."""
        # Without the lock: its holder may be waiting for a connection.
        return self.latest(company) or self._take(connection, company)

    def since(self, company_id: int, number: int) -> QueueSnapshot | None:
        """A snapshot that includes the journal up to `number`, read at most once for each number.

        Returns None when the company was deleted.
        """
        if self._read_until.get(company_id, -1) < number:
            with self._reading:
                if self._read_until.get(company_id, -1) < number:
                    self._read(company_id, number)
        return self._latest.get(company_id)

    def now(self, company_id: int) -> QueueSnapshot | None:
        """The snapshot of a company as it is now; None when there is no such company."""
        with autocommit() as connection:
            row = _COMPANY.row(connection, company_id=company_id)
        if row is None:
            return None
        company = CompanyView(*row)
        return self.latest(company) or self.since(company_id, company.revision)

    def latest(self, company: CompanyView) -> QueueSnapshot | None:
        """The snapshot of a company at the revision that a viewer has read, if there is one."""
        latest = self._latest.get(company.id)
        is_theirs = latest is not None and latest.company.revision == company.revision
        return latest if is_theirs else None

    def _read(self, company_id: int, number: int) -> None:
        with read_transaction() as connection:
            row = _COMPANY.row(connection, company_id=company_id)
            if row is None:
                self._latest.pop(company_id, None)
            else:
                self.of(connection, CompanyView(*row))
        self._read_until[company_id] = number

    def _take(self, connection: Connection, company: CompanyView) -> QueueSnapshot:
        taken = _snapshot(connection, company)
        latest = self._latest.get(company.id)
        # An older connection may show less than the latest snapshot: it does not replace it.
        if latest is None or latest.company.revision < company.revision:
            self._latest[company.id] = taken
        return taken


shared = journal.derived(QueueSnapshots)
"""Those of the whole process."""

_COMPANY = CompiledStatement(select(*COMPANY_COLUMNS).where(Company.id == bindparam("company_id")))
_HERE = Entry.company_id == bindparam("company_id")
_WAITING = CompiledStatement(
    select(
        Entry.id,
        Entry.position.is_not(None),
        Entry.aside,
        type_coerce(Entry.presence, String),
        Entry.turn,
    )
    .where(_HERE, WAITING)
    .order_by(BY_POSITION)
)
_SEATS = (
    select(Student.first_name, func.coalesce(Entry.called_at, Entry.started_at))
    .join(Entry, Entry.student_id == Student.id)
    .where(_HERE)
)
_CALLED = CompiledStatement(_SEATS.where(Entry.turn.is_not(None)).order_by(Entry.turn.desc()))
_RUNNING = CompiledStatement(_SEATS.where(RUNNING).order_by(Entry.started_at))


def _snapshot(connection: Connection, company: CompanyView) -> QueueSnapshot:
    ahead: dict[int, Ahead] = {}
    counts = list(Ahead())
    next_id = None
    for entry_id, drawn, aside, presence, turn in _WAITING.rows(connection, company_id=company.id):
        if drawn:
            ahead[entry_id] = Ahead._make(counts)
        kind = _ASIDE if aside else _KINDS[presence]
        counts[kind] += 1
        if next_id is None and drawn and kind == _READY and turn is None:
            next_id = entry_id
    seats = [
        Seat(*row)
        for each in (_CALLED, _RUNNING)
        for row in each.rows(connection, company_id=company.id)
    ]
    # The next in line follows the latest call that has not started, or else the longest
    # interview.
    after = seats[0].first_name if seats else None
    forecast = _forecast(connection, company, seats)
    return QueueSnapshot(company, ahead, Ahead._make(counts), next_id, after, forecast)


_READY, _ASIDE = map(Ahead._fields.index, ("ready", "aside"))
# By the words that are stored: a Presence is one.
_KINDS = {
    Presence.AVAILABLE: _READY,
    Presence.PAUSED: Ahead._fields.index("paused"),
    Presence.IN_INTERVIEW: Ahead._fields.index("elsewhere"),
    Presence.INACTIVE: Ahead._fields.index("inactive"),
}


def _forecast(
    connection: Connection, company: CompanyView, seats: Sequence[Seat]
) -> ForecastByMinute | None:
    if not company.recruiting or phase_of(connection) is not Phase.OPEN:
        return None
    model = seat_durations.shared.get().model_of(connection, company.id, company.revision)
    if model is None:
        return None
    held_since = tuple(seat.since for seat in seats)
    return ForecastByMinute(model, company.slots, company.running, held_since)
