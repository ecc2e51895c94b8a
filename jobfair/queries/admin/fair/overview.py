"""The whole fair in figures, for an admin."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, select

from jobfair.db.transactions import call_minutes_of, phase_of, read_transaction
from jobfair.domain.events import CompanyStatusChanged, kind
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.fields.input.folding import folded
from jobfair.models import DONE, Company, Entry, JournalRow, Student
from jobfair.queries.admin.figures import statistics
from jobfair.queries.projections import interview_counts
from jobfair.queries.views import COMPANY_COLUMNS, CompanyView

LONGEST_SHOWN = 5
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of the fair.

    `available` and `paused` count active students only; `entries` counts waiting, running and
    done ones, also those done without an interview, while `done` counts interviews, as the report
    does. `paused_with_all` counts the companies that are paused because all were, and
    `companies_left` those whose stands have left. `call_minutes` is how long a call lasts, None
    where it does not end.
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
    paused_with_all: int
    companies_left: int
    waiting: int
    running: int
    done_entries: int
    done: int

    @property
    def entries(self) -> int:
        return self.waiting + self.running + self.done_entries

    @property
    def deactivated(self) -> int:
        return self.students - self.active_students

    @property
    def all_paused(self) -> bool:
        """Whether no company recruits, as the organisers have paused all."""
        return not self.recruiting and self.paused_with_all > 0

    @property
    def companies_paused(self) -> int:
        """How many are paused for a while."""
        return self.companies - self.recruiting - self.companies_left


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
        each.filter(Company.paused_with_all),
        each.filter(Company.has_left),
        func.coalesce(func.sum(Company.waiting), 0),
        func.coalesce(func.sum(Company.running), 0),
    ).select_from(Company)
    of_entries = select(each).select_from(Entry).where(DONE)
    with read_transaction() as connection:
        counts = [
            connection.execute(query).one() for query in (of_students, of_companies, of_entries)
        ]
        phase, minutes = phase_of(connection), call_minutes_of(connection)
    done = sum(interview_counts.done_by_company().values())
    return Figures(phase, minutes, *[count for row in counts for count in row], *[done])


def paused_with_all() -> list[Any]:
    """The id, name and stand of the companies that are paused because all were, by name."""
    query = select(Company.id, Company.name, Company.stand).where(Company.paused_with_all)
    with read_transaction() as connection:
        return list(connection.execute(query.order_by(Company.name_key)))


def paused_apart() -> tuple[int, int]:
    """How many companies are paused but not with all: by themselves, and by the team. Those that
    left are not among them."""
    last = (
        select(func.max(JournalRow.number))
        .where(JournalRow.company_id == Company.id, JournalRow.kind == kind(CompanyStatusChanged))
        .correlate(Company)
        .scalar_subquery()
    )
    each, by_itself = func.count(), JournalRow.actor == "company"
    query = (
        select(each.filter(by_itself), each.filter(func.coalesce(by_itself, False).is_(False)))
        .select_from(Company)
        .outerjoin(JournalRow, JournalRow.number == last)
        .where(
            Company.status == CompanyStatus.PAUSED,
            Company.paused_with_all.is_(False),
            Company.has_left.is_(False),
        )
    )
    with read_transaction() as connection:
        by_themselves, by_team = connection.execute(query).one()
    return by_themselves, by_team


def called(company_ids: Collection[int] | None = None) -> int:
    """How many entries may start at this moment: at these companies, at all of them for None."""
    query = select(func.count()).select_from(Entry).where(Entry.turn.is_not(None))
    if company_ids is not None:
        query = query.where(Entry.company_id.in_(company_ids))
    with read_transaction() as connection:
        return connection.execute(query).scalar_one()


def longest_queues() -> list[BusyStand]:
    """The stands where the most people wait."""
    waited_for = select(*COMPANY_COLUMNS).where(Company.waiting > 0)
    with read_transaction() as connection:
        companies = [CompanyView(*row) for row in connection.execute(waited_for)]
    longest = sorted(companies, key=lambda each: (-each.waiting, folded(each.name)))[:LONGEST_SHOWN]
    figures = statistics.of_companies(each.id for each in longest)
    return [_busy(each, figures[each.id]) for each in longest]


def _busy(company: CompanyView, figures: statistics.Figures) -> BusyStand:
    mean = figures.mean_length
    return BusyStand(company, figures.done, None if mean is None else round(mean / MINUTE))


def _active_and(status: StudentStatus) -> Any:
    return and_(Student.active, Student.status == status)
