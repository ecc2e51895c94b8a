"""The organisers' lists of companies and students, and what is looked up in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from jobfair.db.transactions import read_transaction
from jobfair.fields.folding import folded
from jobfair.models import (
    WAITING,
    Company,
    Entry,
    Student,
    User,
)
from jobfair.queries.admin.registrations import EVERY_ACCOUNT, AccountFilter
from jobfair.queries.projections import interview_counts
from jobfair.queries.search import matches
from jobfair.queries.students import student_views
from jobfair.queries.views import COMPANY_COLUMNS, CompanyView, StudentView

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ListedCompany:
    """A company in the list, with how many interviews it has done."""

    company: CompanyView
    done: int


@dataclass(frozen=True, slots=True)
class ListedStudent:
    """A student in the list, with how many queues they wait in."""

    student: StudentView
    waiting: int


@dataclass(frozen=True, slots=True)
class StudentPage:
    """One page of the students that a search finds; `number` counts from 1, `total` students."""

    lines: tuple[ListedStudent, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def companies(search: str = "") -> list[ListedCompany]:
    """The companies whose name or stand the search finds, by name."""
    with read_transaction() as connection:
        found = _companies(connection, search)
    done = interview_counts.done_by_company()
    return [ListedCompany(view, done.get(view.id, 0)) for view in found]


def first_companies(search: str, limit: int) -> list[CompanyView]:
    """The first companies that a search finds; none for a blank one."""
    if not search.strip():
        return []
    with read_transaction() as connection:
        return _companies(connection, search)[:limit]


def company_names() -> list[str]:
    """Every company's name, in order."""
    with read_transaction() as connection:
        return sorted(connection.execute(select(Company.name)).scalars(), key=folded)


def company_named(name_key: str) -> int | None:
    """The id of the company with this name, as `fields.company_names.name_key` writes it."""
    with read_transaction() as connection:
        return connection.execute(select(Company.id).where(Company.name_key == name_key)).scalar()


def students(
    search: str = "", number: int = 1, chosen: AccountFilter = EVERY_ACCOUNT
) -> StudentPage:
    """A page of the students whose name or e-mail the search finds, by last name.

    A number beyond the last page gives the last page.
    """
    with read_transaction() as connection:
        ids = _found(connection, search, chosen)
        last = max(1, -(-len(ids) // PAGE_SIZE))
        number = min(max(1, number), last)
        shown = ids[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        views = _views(connection, shown)
        waiting = _counts(connection, Entry.student_id, WAITING, Entry.student_id.in_(shown))
    lines = tuple(ListedStudent(view, waiting.get(view.id, 0)) for view in views)
    return StudentPage(lines, number, len(ids))


def student_ids(search: str, chosen: AccountFilter) -> list[int]:
    """The ids of all that are on these pages."""
    with read_transaction() as connection:
        return _found(connection, search, chosen)


def first_students(search: str, limit: int) -> list[StudentView]:
    """The first students that a search finds; none for a blank one."""
    if not search.strip():
        return []
    with read_transaction() as connection:
        return _views(connection, _found(connection, search)[:limit])


def _companies(connection: Connection, search: str) -> list[CompanyView]:
    views = [CompanyView(*row) for row in connection.execute(select(*COMPANY_COLUMNS))]
    views.sort(key=lambda view: folded(view.name))
    return [view for view in views if matches(search, f"{view.name} {view.stand or ''}")]


def _found(connection: Connection, search: str, chosen: AccountFilter = EVERY_ACCOUNT) -> list[int]:
    """The ids that a search finds, in the order of the list.

    Compared here: neither PostgreSQL nor SQLite can ignore accents without an extension, and
    three thousand names are read in a few milliseconds.
    """
    rows = connection.execute(
        select(Student.id, Student.first_name, Student.last_name, User.email)
        .join(User, User.id == Student.user_id)
        .where(*chosen.conditions)
    )
    found = [
        (folded(last_name), folded(first_name), student_id)
        for student_id, first_name, last_name, email in rows
        if chosen.has_domain(email) and matches(search, f"{first_name} {last_name} {email}")
    ]
    return [student_id for _, _, student_id in sorted(found)]


def _views(connection: Connection, ids: list[int]) -> list[StudentView]:
    """The students with these ids, in their order."""
    views = {each.id: each for each in student_views(connection, Student.id.in_(ids))}
    return [views[each] for each in ids if each in views]


def _counts(connection: Connection, group: Any, *conditions: Any) -> dict[int, int]:
    """How many entries that meet the conditions belong to each company, or student."""
    rows = connection.execute(select(group, func.count()).where(*conditions).group_by(group))
    return dict(tuple(row) for row in rows)
