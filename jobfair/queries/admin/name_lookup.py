"""Names for the ids in the journal. What was deleted keeps the last name it had."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from jobfair.db.transactions import read_transaction
from jobfair.domain.events import CompanyDeleted, MemberRemoved, StudentDeleted, kind
from jobfair.fields.input.folding import folded
from jobfair.models import (
    ApiKey,
    Company,
    JournalRow,
    Role,
    Student,
    User,
)
from jobfair.queries.search import matches


def students(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Students' full names, those of deleted ones too."""
    wanted = set(ids)
    rows = connection.execute(
        select(Student.id, Student.first_name, Student.last_name).where(Student.id.in_(wanted))
    )
    names = {row.id: f"{row.first_name} {row.last_name}" for row in rows}
    gone = select(JournalRow.student_id, JournalRow.data).where(
        JournalRow.student_id.in_(wanted - set(names)), JournalRow.kind == kind(StudentDeleted)
    )
    return names | {row.student_id: row.data["name"] for row in connection.execute(gone)}


def emails(connection: Connection, student_ids: Iterable[int]) -> dict[int, str]:
    """The e-mail addresses of students who are there, by student id."""
    rows = connection.execute(
        select(Student.id, User.email)
        .join(User, User.id == Student.user_id)
        .where(Student.id.in_(set(student_ids)))
    )
    return {row.id: row.email for row in rows}


def keys(connection: Connection, ids: Iterable[int | None]) -> dict[int | None, str]:
    """The names of keys, withdrawn ones too."""
    wanted = set(ids) - {None}
    if not wanted:
        return {}
    rows = connection.execute(select(ApiKey.id, ApiKey.name).where(ApiKey.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def students_in(connection: Connection, entry_ids: Iterable[int]) -> dict[int, str]:
    """The names of these entries' students, by entry id.

    An entry's id is the number of the journal row by which it joined.
    """
    joins = select(JournalRow.number, JournalRow.student_id).where(
        JournalRow.number.in_(set(entry_ids))
    )
    owners = {row.number: row.student_id for row in connection.execute(joins)}
    names = students(connection, owners.values())
    return {entry_id: names[owner] for entry_id, owner in owners.items() if owner in names}


def companies(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Companies' names, those of deleted ones too."""
    wanted = set(ids)
    rows = connection.execute(select(Company.id, Company.name).where(Company.id.in_(wanted)))
    names = {row.id: row.name for row in rows}
    gone = select(JournalRow.company_id, JournalRow.data).where(
        JournalRow.company_id.in_(wanted - set(names)), JournalRow.kind == kind(CompanyDeleted)
    )
    return names | {row.company_id: row.data["name"] for row in connection.execute(gone)}


def every_company(connection: Connection) -> dict[int, str]:
    """The companies that are there, in the order of their names."""
    rows = connection.execute(select(Company.id, Company.name)).all()
    return {row.id: row.name for row in sorted(rows, key=lambda row: folded(row.name))}


def users(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The names of accounts: a student's full name, the e-mail address of one of the team, also
    of one who was removed."""
    wanted = set(ids)
    rows = connection.execute(
        select(User.id, User.email, Student.first_name, Student.last_name)
        .outerjoin(Student, Student.user_id == User.id)
        .where(User.id.in_(wanted))
    )
    names = {
        row.id: row.email if row.first_name is None else f"{row.first_name} {row.last_name}"
        for row in rows
    }
    if wanted <= names.keys():
        return names
    gone = connection.execute(
        select(JournalRow.data).where(JournalRow.kind == kind(MemberRemoved))
    ).scalars()
    return {each["user_id"]: each["email"] for each in gone if each["user_id"] in wanted} | names


def team() -> list[tuple[int, Role, str]]:
    """The accounts of the team: id, role and e-mail address, by address."""
    accounts = (
        select(User.id, User.role, User.email).where(User.role != Role.STUDENT).order_by(User.email)
    )
    with read_transaction() as connection:
        return [(row.id, row.role, row.email) for row in connection.execute(accounts)]


def find_students(search: str) -> set[int]:
    """The ids of students whose name or e-mail matches; for deleted ones the name."""
    rows = select(Student.id, Student.first_name, Student.last_name, User.email).join(
        User, User.id == Student.user_id
    )
    with read_transaction() as connection:
        found = {
            row.id
            for row in connection.execute(rows)
            if matches(search, f"{row.first_name} {row.last_name} {row.email}")
        }
        return found | _find_gone(connection, StudentDeleted, JournalRow.student_id, search)


def find_companies(search: str) -> set[int]:
    """The ids of companies whose name matches; only of exact matches, if there are any."""
    with read_transaction() as connection:
        names = connection.execute(select(Company.id, Company.name)).all()
        gone = _find_gone(connection, CompanyDeleted, JournalRow.company_id, search)
    called = folded(" ".join(search.split()))
    exactly = {row.id for row in names if folded(row.name) == called}
    return exactly or gone | {row.id for row in names if matches(search, row.name)}


def _find_gone(
    connection: Connection,
    deletion: type[StudentDeleted | CompanyDeleted],
    column: Any,
    search: str,
) -> set[int]:
    rows = connection.execute(
        select(column, JournalRow.data).where(JournalRow.kind == kind(deletion))
    )
    return {subject for subject, data in rows if matches(search, data["name"])}
