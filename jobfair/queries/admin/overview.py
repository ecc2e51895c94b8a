"""The whole fair in figures, for an admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, extract, func, select

from jobfair.db.transactions import call_minutes_of, phase_of, read_transaction
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.models import DONE, Company, Entry, Student
from jobfair.queries.search import folded
from jobfair.queries.views import COMPANY_COLUMNS, CompanyView

LONGEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of the fair.

    `available` and `paused` count active students only; `entries` counts waiting, running and
    done ones. `call_minutes` is how long a call lasts, None where it does not end.
    """

    phase: Phase
    call_minutes: int | None
    students: int
    active_students: int
    available: int
    in_interview: int
    paused: int
    companies: int
    recruiting: int
    waiting: int
    running: int
    done: int

    @property
    def entries(self) -> int:
        return self.waiting + self.running + self.done

    @property
    def deactivated(self) -> int:
        return self.students - self.active_students

    @property
    def companies_paused(self) -> int:
        return self.companies - self.recruiting


@dataclass(frozen=True, slots=True)
class BusyStand:
    """A stand where many wait: its interviews done, and their mean length in whole minutes."""

    company: CompanyView
    done: int
    minutes: int | None


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
        each,
        each.filter(Company.status == CompanyStatus.RECRUITING),
        func.coalesce(func.sum(Company.waiting), 0),
        func.coalesce(func.sum(Company.running), 0),
    ).select_from(Company)
    of_entries = select(each).select_from(Entry).where(DONE)
    with read_transaction() as connection:
        counts = [
            connection.execute(query).one() for query in (of_students, of_companies, of_entries)
        ]
        minutes = call_minutes_of(connection)
        return Figures(phase_of(connection), minutes, *(count for row in counts for count in row))


def paused_with_all() -> int:
    """How many companies are paused because all were."""
    query = select(func.count()).select_from(Company).where(Company.paused_with_all)
    with read_transaction() as connection:
        return connection.execute(query).scalar_one()


def called() -> int:
    """How many entries may start at this moment."""
    query = select(func.count()).select_from(Entry).where(Entry.turn.is_not(None))
    with read_transaction() as connection:
        return connection.execute(query).scalar_one()


def longest_queues() -> list[BusyStand]:
    """The stands where the most people wait."""
    between = extract("epoch", Entry.completed_at) - extract("epoch", Entry.started_at)
    # If the clock was set back in between, the interview counts as 0 seconds long.
    lasted = case((between < 0, 0), else_=between)
    waited_for = select(*COMPANY_COLUMNS).where(Company.waiting > 0)
    with read_transaction() as connection:
        companies = [CompanyView(*row) for row in connection.execute(waited_for)]
        companies.sort(key=lambda each: (-each.waiting, folded(each.name)))
        del companies[LONGEST_SHOWN:]
        ids = [company.id for company in companies]
        rows = connection.execute(
            select(Entry.company_id, func.count(), func.avg(lasted))
            .where(Entry.company_id.in_(ids), DONE)
            .group_by(Entry.company_id)
        )
        done = {company_id: (count, _minutes(seconds)) for company_id, count, seconds in rows}
    return [BusyStand(company, *done.get(company.id, (0, None))) for company in companies]


def _minutes(seconds: Any) -> int | None:
    return None if seconds is None else round(float(seconds) / 60)


def _active_and(status: StudentStatus) -> Any:
    return and_(Student.active, Student.status == status)
