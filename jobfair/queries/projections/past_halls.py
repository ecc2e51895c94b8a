"""The hall at any past moment, replayed from the journal by the rules' own `evolve`.

A process that is asked reads the journal once, keeps the hall as it was after every few thousand
rows, and replays from the last one before the moment. Measured: docs/benchmarks.md.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, or_, select

from jobfair.db.transactions import phase_of, read_transaction, revision
from jobfair.domain.events import (
    Joined,
    PhaseChanged,
    PlacesDealt,
    PutIntoLot,
    Reordered,
    changing,
    kind,
    restore,
)
from jobfair.domain.evolve import evolve
from jobfair.domain.state import Company, Entry, Hall, Phase, Student
from jobfair.feed import journal
from jobfair.models import JournalRow
from jobfair.queries.batches import batches
from jobfair.queries.projections.projection import Projection

EVERY = 3000
"""Rows between two halls that are kept, and what one look replays at most."""

_ROWS = select(
    JournalRow.number,
    JournalRow.at,
    JournalRow.change,
    JournalRow.kind,
    JournalRow.data,
    JournalRow.company_id,
    JournalRow.company_name,
).where(JournalRow.kind.in_(changing()))

_OF_ONE_ORDER = tuple(map(kind, (Reordered, PutIntoLot, PlacesDealt)))
"""Kinds of events that change the positions of a whole queue."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A hall as it was after a row. Its values never change, so halls share most of them."""

    number: int
    phase: Phase
    companies: dict[int, Company]
    students: dict[int, Student]
    entries: dict[int, Entry]
    lot_sealed: bool

    def whole(self) -> Hall:
        return Hall(
            self.phase,
            self.number,
            self.companies.copy(),
            self.students.copy(),
            self.entries.copy(),
            lot_sealed=self.lot_sealed,
        )

    def part(self, of: set[int]) -> Hall:
        """The hall with all companies, and these students with their entries."""
        return Hall(
            self.phase,
            self.number,
            self.companies.copy(),
            {each: student for each, student in self.students.items() if each in of},
            {each: entry for each, entry in self.entries.items() if entry.student_id in of},
            lot_sealed=self.lot_sealed,
        )


class PastHalls(Projection):
    """The halls that are kept, and the time of each change. If the clock was set back, later
    changes count as of the latest time before.
    """

    def begin(self) -> None:
        """Be as before the first row."""
        first = _first_phase()
        self._hall = Hall(first)
        self._kept = [_Kept(0, first, {}, {}, {}, lot_sealed=False)]
        self._since_kept = 0
        self._change = 0
        self._times = array("d")
        self._numbers = array("q")

    def count(self, row: Any) -> None:
        """Replay one row."""
        if row.change != self._change:
            self._change = row.change
            if self._since_kept >= EVERY:
                self._keep()
            self._note_time(row.at.timestamp())
        _replay(self._hall, row)
        self._numbers[-1] = row.number
        self._since_kept += 1

    def _note_time(self, at: float) -> None:
        self._times.append(max(at, self._times[-1]) if self._times else at)
        self._numbers.append(0)

    def _keep(self) -> None:
        hall = self._hall
        kept = _Kept(
            hall.number,
            hall.phase,
            hall.companies.copy(),
            hall.students.copy(),
            hall.entries.copy(),
            hall.lot_sealed,
        )
        self._kept.append(kept)
        self._since_kept = 0

    def number_at(self, moment: datetime) -> int:
        """The number of the last row that had changed the hall at a moment; 0 before the first."""
        found = bisect_right(self._times, moment.timestamp())
        return self._numbers[found - 1] if found else 0

    def before(self, number: int) -> _Kept:
        """The last hall that is kept of those up to a number."""
        return self._kept[bisect_right(self._kept, number, key=lambda kept: kept.number) - 1]

    def between(self, first: datetime, last: datetime) -> tuple[datetime, datetime] | None:
        """When the first change from `first` to `last` was, and the last; None without any."""
        begin = bisect_left(self._times, first.timestamp())
        end = bisect_right(self._times, last.timestamp())
        if begin == end:
            return None
        at = self._times[begin], self._times[end - 1]
        return datetime.fromtimestamp(at[0], UTC), datetime.fromtimestamp(at[1], UTC)


_shared = journal.derived(PastHalls)


def hall_at(moment: datetime) -> Hall:
    """The whole hall as it was at a moment, after everything that was recorded until then."""
    kept, number = _nearest(moment)
    return _replayed(kept.whole(), _ROWS, number)


def queue_at(company_id: int, moment: datetime) -> Hall:
    """Of the same hall all companies, one queue, and all entries of those who stood in it.

    It costs a tenth of the whole one: students ask too. The positions in the other queues may be
    older ones.
    """
    kept, number = _nearest(moment)
    own = {each.student_id for each in kept.entries.values() if each.company_id == company_id}
    between = JournalRow.number.between(kept.number + 1, number)
    joined = select(JournalRow.student_id).where(
        between, JournalRow.company_id == company_id, JournalRow.kind == kind(Joined)
    )
    with read_transaction() as connection:
        own.update(row.student_id for row in connection.execute(joined))
    # Another queue's order is of entries that this part does not have.
    here = or_(JournalRow.company_id == company_id, JournalRow.kind.not_in(_OF_ONE_ORDER))
    rows = _ROWS.where(
        or_(JournalRow.student_id.in_(own), and_(JournalRow.student_id.is_(None), here))
    )
    return _replayed(kept.part(own), rows, number)


def by_minute() -> Iterator[tuple[Hall, int, set[int]]]:
    """The hall at the end of each minute in which it changed, and the companies that did.

    The minutes are counted since 1970. It is the same hall each time, which goes on to change.
    """
    hall, minute, touched = Hall(_first_phase()), 0, set[int]()
    for row in rows_from(0):
        now = int(row.at.timestamp()) // 60
        if now > minute:
            if touched:
                yield hall, minute, touched
            minute, touched = now, set()
        touched |= _replay(hall, row)
    if touched:
        yield hall, minute, touched


def changes(first: datetime, last: datetime) -> tuple[datetime, datetime] | None:
    """When the hall changed first, and last, from `first` to `last`; None where it did not."""
    halls = _shared.get()
    with halls.lock:
        halls.catch_up(rows_from)
        return halls.between(first, last)


def _nearest(moment: datetime) -> tuple[_Kept, int]:
    halls = _shared.get()
    with halls.lock:
        halls.catch_up(rows_from)
        number = halls.number_at(moment)
        return halls.before(number), number


def _first_phase() -> Phase:
    """What the fair was before anybody opened or closed it."""
    first = select(JournalRow.data["before"].as_string()).where(
        JournalRow.kind == kind(PhaseChanged)
    )
    with read_transaction() as connection:
        before = connection.execute(first.order_by(JournalRow.number).limit(1)).scalar()
        return phase_of(connection) if before is None else Phase(before)


def rows_from(number: int) -> Iterable[Any]:
    """The rows from a number on that change the hall."""
    query = _ROWS.where(JournalRow.number <= revision())
    for batch in batches(query, JournalRow.number, number - 1):
        yield from batch


def _replayed(hall: Hall, rows: Any, number: int) -> Hall:
    for batch in batches(rows.where(JournalRow.number <= number), JournalRow.number, hall.number):
        for row in batch:
            _replay(hall, row)
    hall.number = number
    return hall


def _replay(hall: Hall, row: Any) -> set[int]:
    """Replay one row. Returns the companies that it may have changed."""
    event = restore(row.kind, row.data)
    if row.company_id is not None and row.company_id not in hall.companies:
        # Kept when a fair before was removed, by a version that did not say how it stood then.
        hall.put(Company(row.company_id, row.company_name or ""))
    hall.number = row.number
    changed = evolve(hall, event, row.number, row.at)
    return changed if row.company_id is None else changed | {row.company_id}
