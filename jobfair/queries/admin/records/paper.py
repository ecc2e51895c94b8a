"""Every queue as it is now, for printing: with it the fair goes on without screens."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from jobfair import clock
from jobfair.db.transactions import phase_of, read_transaction
from jobfair.domain.state import EntryState, Phase, Presence
from jobfair.models import (
    BY_POSITION,
    RUNNING,
    WAITING,
    Entry,
    Student,
)
from jobfair.queries import introductions
from jobfair.queries.projections.company_directory import aisle_order
from jobfair.queries.views import COMPANY_COLUMNS, CompanyView, Introduction


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """An entry on a sheet; `introduction` is what its stand may see of the student (rule 16)."""

    position: int | None
    state: EntryState
    aside: bool
    presence: Presence
    turn: int | None
    started_at: datetime | None
    first_name: str
    last_name: str
    introduction: Introduction | None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One company's queue: who is in an interview, and who waits, in order; by name where that is
    still to be drawn."""

    company: CompanyView
    in_interview: tuple[SheetEntry, ...]
    waiting: tuple[SheetEntry, ...]

    @property
    def undrawn(self) -> bool:
        """Whether some of those who wait have no place yet (rule 17)."""
        return any(entry.position is None for entry in self.waiting)


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole fair at one moment. `sheets` are the queues that are not empty."""

    at: datetime
    phase: Phase
    sheets: tuple[Sheet, ...]
    empty: tuple[CompanyView, ...]


def paper() -> Paper:
    """Every queue, in the order of the stands, read in three statements."""
    at = clock.now()
    with read_transaction() as connection:
        phase = phase_of(connection)
        rows = connection.execute(select(*COMPANY_COLUMNS)).all()
        entries = _entries_by_company(connection)
    companies = sorted((CompanyView(*row) for row in rows), key=aisle_order)
    return Paper(
        at,
        phase,
        tuple(_sheet(each, entries[each.id]) for each in companies if each.id in entries),
        tuple(each for each in companies if each.id not in entries),
    )


def _sheet(company: CompanyView, entries: list[SheetEntry]) -> Sheet:
    return Sheet(
        company,
        tuple(entry for entry in entries if entry.state is EntryState.RUNNING),
        tuple(entry for entry in entries if entry.state is EntryState.WAITING),
    )


def _entries_by_company(connection: Connection) -> dict[int, list[SheetEntry]]:
    """The waiting and running entries by company, in order."""
    query: Any = (
        select(
            Entry.company_id,
            Entry.position,
            Entry.state,
            Entry.aside,
            Entry.presence,
            Entry.turn,
            Entry.started_at,
            Student.first_name,
            Student.last_name,
            *introductions.TO_STAND,
        )
        .join(Student, Student.id == Entry.student_id)
        .where(or_(WAITING, RUNNING))
        .order_by(Entry.company_id, BY_POSITION, Student.last_name, Student.first_name)
    )
    entries: dict[int, list[SheetEntry]] = defaultdict(list)
    for company_id, *row in connection.execute(query):
        shown = introductions.introduction(row[-introductions.WIDTH :])
        values: list[Any] = [*row[: -introductions.WIDTH], shown]
        entries[company_id].append(SheetEntry(*values))
    return entries
