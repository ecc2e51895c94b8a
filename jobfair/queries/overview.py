"""The whole fair in figures, for an admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from jobfair.domain.state import CompanyStatus, EntryState, Phase, StudentStatus
from jobfair.models import NOT_LEFT, Company, Entry, Student
from jobfair.queries.reading import phase_of, reading


@dataclass(frozen=True, slots=True)
class Figures:
    """How many there are.

    `available` and `paused` count active students only; `entries` counts waiting, running and
    done ones.
    """

    phase: Phase
    students: int
    active_students: int
    available: int
    in_interview: int
    paused: int
    companies: int
    recruiting: int
    entries: int
    waiting: int
    running: int
    done: int

    @property
    def deactivated(self) -> int:
        return self.students - self.active_students

    @property
    def companies_paused(self) -> int:
        return self.companies - self.recruiting


def figures() -> Figures:
    """The fair as it is now."""
    each = func.count()
    of_students = select(
        each,
        each.filter(Student.active),
        each.filter(_active_and(StudentStatus.AVAILABLE)),
        each.filter(Student.status == StudentStatus.IN_INTERVIEW),
        each.filter(_active_and(StudentStatus.PAUSED)),
    ).select_from(Student)
    of_companies = select(
        each, each.filter(Company.status == CompanyStatus.RECRUITING)
    ).select_from(Company)
    of_entries = (
        select(
            each,
            each.filter(Entry.state == EntryState.WAITING),
            each.filter(Entry.state == EntryState.RUNNING),
            each.filter(Entry.state == EntryState.DONE),
        )
        .select_from(Entry)
        .where(NOT_LEFT)
    )
    with reading() as connection:
        counts = [
            connection.execute(query).one() for query in (of_students, of_companies, of_entries)
        ]
        return Figures(phase_of(connection), *(count for row in counts for count in row))


def _active_and(status: StudentStatus) -> Any:
    return and_(Student.active, Student.status == status)
