"""Every queue as it is now, to be printed: what a fair goes on with when the screens are dark."""

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
    RUNNING,
    WAITING,
    Company,
    Entry,
    Student,
)
from jobfair.queries.projections.queue_snapshots import COMPANY
from jobfair.queries.views import CompanyView


@dataclass(frozen=True, slots=True)
class Line:
    """An entry on a sheet."""

    position: int
    state: EntryState
    aside: bool
    presence: Presence
    turn: int | None
    started_at: datetime | None
    first_name: str
    last_name: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One company's queue: who is in an interview, and who waits, in order."""

    company: CompanyView
    in_interview: tuple[Line, ...]
    waiting: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole fair at one moment. `sheets` are of the companies where anybody is."""

    at: datetime
    phase: Phase
    sheets: tuple[Sheet, ...]
    empty: tuple[CompanyView, ...]


def paper() -> Paper:
    """Every queue, by company name, in three statements whatever their number and length."""
    at = clock.now()
    with read_transaction() as connection:
        phase = phase_of(connection)
        rows = connection.execute(select(*COMPANY).order_by(Company.name_key)).all()
        lines = _lines(connection)
    companies = [CompanyView(*row) for row in rows]
    return Paper(
        at,
        phase,
        tuple(_sheet(each, lines[each.id]) for each in companies if each.id in lines),
        tuple(each for each in companies if each.id not in lines),
    )


def _sheet(company: CompanyView, lines: list[Line]) -> Sheet:
    return Sheet(
        company,
        tuple(line for line in lines if line.state is EntryState.RUNNING),
        tuple(line for line in lines if line.state is EntryState.WAITING),
    )


def _lines(connection: Connection) -> dict[int, list[Line]]:
    """The lines of each company where there is any, in order."""
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
        )
        .join(Student, Student.id == Entry.student_id)
        .where(or_(WAITING, RUNNING))
        .order_by(Entry.company_id, Entry.position)
    )
    lines: dict[int, list[Line]] = defaultdict(list)
    for company_id, *line in connection.execute(query):
        lines[company_id].append(Line(*line))
    return lines
