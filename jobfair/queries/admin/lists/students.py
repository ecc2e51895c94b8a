"""The organisers' list of students."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from jobfair.db.transactions import read_transaction
from jobfair.models import CALLED, WAITING, Company, Entry, Student, User
from jobfair.queries.admin import roster
from jobfair.queries.admin.lists.page import Page, page_of, sort_by
from jobfair.queries.admin.students.registrations import EVERY_ACCOUNT, AccountFilter
from jobfair.queries.search import matches
from jobfair.queries.students import student_views
from jobfair.queries.views import StudentView


@dataclass(frozen=True, slots=True)
class ListedStudent:
    """A student in the list, with how many queues they wait in, and the (id, name) of the companies
    that call them, the longest first."""

    student: StudentView
    waiting: int
    called_by: tuple[tuple[int, str], ...] = ()


_Row = Any
"""Has a student's id, first_name, last_name, email, status, and whether active."""

_SORTS: Mapping[str, Callable[[_Row], Any]] = {
    "name": roster.student_order,
    "email": lambda row: row.email,
    "status": lambda row: (not row.active, row.status),
}
WAITING_SORT = "waiting"
SORTS = (*_SORTS, WAITING_SORT)
"""What the list can be sorted by."""


def students(
    search: str = "", number: int = 1, chosen: AccountFilter = EVERY_ACCOUNT, sort: str = ""
) -> Page[ListedStudent]:
    """A page of the students whose name or e-mail the search finds, by last name.

    `sort` is one of `SORTS`, with a hyphen before it for descending order. A number beyond the
    last page gives the last page.
    """
    with read_transaction() as connection:
        page = page_of(found_ids(connection, search, chosen, sort), number)
        waiting = _waiting(connection, Entry.student_id.in_(page.lines))
        calls = _calls(connection, page.lines)
        lines = tuple(
            ListedStudent(view, waiting.get(view.id, 0), tuple(calls.get(view.id, ())))
            for view in views(connection, page.lines)
        )
    return Page(lines, page.number, page.total)


def student_ids(search: str, chosen: AccountFilter) -> list[int]:
    """The ids of all that are on these pages."""
    with read_transaction() as connection:
        return found_ids(connection, search, chosen)


def found_ids(
    connection: Connection, search: str, chosen: AccountFilter = EVERY_ACCOUNT, sort: str = ""
) -> list[int]:
    """The ids that a search finds, in the order of the list.

    Compared here: neither PostgreSQL nor SQLite can ignore accents without an extension, and
    three thousand names are read in a few milliseconds.
    """
    columns = (Student.id, Student.first_name, Student.last_name, User.email)
    rows = connection.execute(
        select(*columns, Student.status, Student.active)
        .join(User, User.id == Student.user_id)
        .where(*chosen.conditions)
    )
    found: list[_Row] = [
        row
        for row in rows
        if chosen.has_domain(row.email)
        and matches(search, f"{row.first_name} {row.last_name} {row.email}")
    ]
    found.sort(key=_SORTS["name"])
    keys = {sort.removeprefix("-"): sort_key(connection, sort)}
    return [row.id for row in sort_by(found, sort, keys)]


def sort_key(connection: Connection, sort: str) -> Callable[[_Row], Any]:
    """What a student is sorted by, one of `SORTS`; by name for anything else."""
    name = sort.removeprefix("-")
    if name == WAITING_SORT:
        waiting = _waiting(connection)
        return lambda row: waiting.get(row.id, 0)
    return _SORTS.get(name, roster.student_order)


def views(connection: Connection, ids: Sequence[int]) -> list[StudentView]:
    """The students with these ids, in their order."""
    found = {each.id: each for each in student_views(connection, Student.id.in_(ids))}
    return [found[each] for each in ids if each in found]


def _calls(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """Which companies call each student."""
    rows: Any = connection.execute(
        select(Entry.student_id, Company.id, Company.name)
        .join(Company, Company.id == Entry.company_id)
        .where(CALLED, Entry.student_id.in_(ids))
        .order_by(Entry.turn)
    )
    calls: dict[int, list[tuple[int, str]]] = {}
    for student_id, company_id, name in rows:
        calls.setdefault(student_id, []).append((company_id, name))
    return calls


def places(connection: Connection, ids: Sequence[int]) -> int:
    """In how many queues these students wait, altogether."""
    return sum(_waiting(connection, Entry.student_id.in_(ids)).values())


def _waiting(connection: Connection, *conditions: Any) -> dict[int, int]:
    """How many queues each student waits in; those who wait in none are left out."""
    rows = connection.execute(
        select(Entry.student_id, func.count())
        .where(WAITING, *conditions)
        .group_by(Entry.student_id)
    )
    return {row[0]: row[1] for row in rows}
