"""Importing lists of students and companies: all that the preview showed, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, insert, select, update

from jobfair.db.transactions import read_transaction
from jobfair.domain.events import Event, StudentCreated, StudentEdited
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.exceptions import RequestCode
from jobfair.fields.companies import IN_LISTS, NewCompany
from jobfair.fields.company_names import name_key
from jobfair.fields.declaration import Field
from jobfair.fields.edits import values_of
from jobfair.fields.introductions import FROM_SCHOOL
from jobfair.fields.students import NAMES
from jobfair.models import (
    Company,
    Role,
    Student,
    User,
)
from jobfair.security import passwords
from jobfair.services.companies import created, edit_many, new_row
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction


@dataclass(frozen=True, slots=True)
class ListedStudent:
    """The data of a new student without a password.

    What the school knows of their studies is for them to show, and is shown to nobody before.
    """

    first_name: str
    last_name: str
    email: str
    studies: str | None = None
    year: str | None = None
    seeking: str | None = None


Card = TypeVar("Card")


@dataclass(frozen=True, slots=True)
class Change:
    """One who is there already and differs from the list: by field, what stands there and there."""

    id: int
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


Given = Sequence[Mapping[str, Any]]
"""What each line of a list says, by field; a blank cell says nothing."""


@dataclass(frozen=True, slots=True)
class Comparison(Generic[Card]):
    """A list compared with the database.

    `new` are those to import, `present` is how many are there already and stay as they are,
    `refused` are those that clash, each with why. `changed` are those to update, where that is
    asked for.
    """

    new: tuple[Card, ...]
    present: int
    refused: tuple[tuple[Card, Refusal], ...] = ()
    changed: tuple[Change, ...] = ()

    @property
    def promise(self) -> str:
        """A digest of what is to be done, by which an import finds out that it has changed."""
        return hashlib.sha256(repr((self.new, self.changed)).encode()).hexdigest()


def compare_students(
    listed: Sequence[ListedStudent], given: Given | None = None
) -> Comparison[ListedStudent]:
    """Which students are new. The address of an organiser is refused.

    With what is `given` in the lines, also whose names differ: what else a student says of
    themselves is theirs.
    """
    with read_transaction() as connection:
        return _compare_students(connection, listed, given)


def import_students(
    actor: Actor, listed: Sequence[ListedStudent], promise: str, given: Given | None = None
) -> int | Refusal:
    """Make an account without a password for each new student, and give others their new names.

    Returns how many were made or changed. Returns `import_stale`, and stores nothing, when
    `promise` is not that of the comparison.
    """
    with write_transaction(actor) as work:
        comparison = _compare_students(work.connection, listed, given)
        if comparison.promise != promise:
            return Refusal(RequestCode.IMPORT_STALE)
        if comparison.new:
            work.record(actor, *_insert_students(work, comparison.new))
        if comparison.changed:
            _rename_students(work, actor, comparison.changed)
    return len(comparison.new) + len(comparison.changed)


def compare_companies(
    listed: Sequence[NewCompany], given: Given | None = None
) -> Comparison[NewCompany]:
    """Which companies are new; with what is `given` in the lines, also which differ."""
    with read_transaction() as connection:
        return _compare_companies(connection, listed, given)


def import_companies(
    actor: Actor, listed: Sequence[NewCompany], promise: str, given: Given | None = None
) -> int | Refusal:
    """Make each new company, with a link of its own, and change those that differ.

    Returns how many, or `import_stale`.
    """
    with write_transaction(actor) as work:
        comparison = _compare_companies(work.connection, listed, given)
        if comparison.promise != promise:
            return Refusal(RequestCode.IMPORT_STALE)
        if comparison.new:
            work.record(actor, *_insert_companies(work, comparison.new))
        if comparison.changed:
            edit_many(work, actor, {each.id: each.after for each in comparison.changed})
    return len(comparison.new) + len(comparison.changed)


def _compare_students(
    connection: Connection, listed: Sequence[ListedStudent], given: Given | None
) -> Comparison[ListedStudent]:
    names = [getattr(Student, each.name) for each in NAMES]
    query = select(User.email, User.role, Student.id, *names).outerjoin(Student)
    there = {row.email: row for row in connection.execute(query)}
    roles = {email: row.role for email, row in there.items()}
    changed = [
        _difference(there[card.email], f"{card.first_name} {card.last_name}", NAMES, said)
        for card, said in zip(listed, given or (), strict=given is not None)
        if roles.get(card.email) is Role.STUDENT
    ]
    return _compared(
        tuple(each for each in listed if each.email not in roles),
        sum(roles.get(each.email) is Role.STUDENT for each in listed),
        tuple(
            (each, Refusal(RequestCode.NOT_A_STUDENT))
            for each in listed
            if roles.get(each.email, Role.STUDENT) is not Role.STUDENT
        ),
        changed,
    )


def _compare_companies(
    connection: Connection, listed: Sequence[NewCompany], given: Given | None
) -> Comparison[NewCompany]:
    columns = [getattr(Company, each.name) for each in IN_LISTS]
    query = select(Company.id, Company.name_key, *columns)
    there = {row.name_key: row for row in connection.execute(query)}
    new = tuple(each for each in listed if name_key(each.name) not in there)
    changed = [
        _difference(there[name_key(card.name)], card.name, IN_LISTS, said)
        for card, said in zip(listed, given or (), strict=given is not None)
        if name_key(card.name) in there
    ]
    return _compared(new, len(listed) - len(new), (), changed)


def _compared(
    new: tuple[Card, ...],
    present: int,
    refused: tuple[tuple[Card, Refusal], ...],
    differences: Sequence[Change],
) -> Comparison[Card]:
    changed = tuple(each for each in differences if each.after)
    return Comparison(new, present - len(changed), refused, changed)


def _difference(row: Any, name: str, fields: Sequence[Field], said: Mapping[str, Any]) -> Change:
    """In which of the fields a line says something else than what is stored."""
    after = {
        each.name: said[each.name]
        for each in fields
        if each.name in said and said[each.name] != getattr(row, each.name)
    }
    return Change(row.id, name, {field: getattr(row, field) for field in after}, after)


def _rename_students(work: UnitOfWork, actor: Actor, changed: Sequence[Change]) -> None:
    for each in changed:
        own = Student.id == each.id
        work.connection.execute(update(Student).where(own).values(dict(each.after)))
    edited = (StudentEdited(each.id, dict(each.before), dict(each.after)) for each in changed)
    # Their names stand on the screens of all companies where they wait.
    work.carry_out(actor, work.load(LoadSpec(everything=True)), tuple(edited))


def _insert_students(work: UnitOfWork, cards: Sequence[ListedStudent]) -> tuple[Event, ...]:
    accounts = [
        {
            "email": card.email,
            "password_hash": passwords.NONE,
            "role": Role.STUDENT,
            "created_at": work.at,
            # Organisers vouch for their own list.
            "address_confirmed_at": work.at,
        }
        for card in cards
    ]
    users = insert(User).returning(User.id, sort_by_parameter_order=True)
    user_ids = work.connection.execute(users, accounts).scalars().all()
    people = [
        {
            "user_id": user_id,
            "first_name": card.first_name,
            "last_name": card.last_name,
            "status": StudentStatus.AVAILABLE,
            "active": True,
            **values_of(FROM_SCHOOL, card),
        }
        for user_id, card in zip(user_ids, cards, strict=True)
    ]
    students = insert(Student).returning(Student.id, sort_by_parameter_order=True)
    student_ids = work.connection.execute(students, people).scalars()
    return tuple(StudentCreated(each, StudentStatus.AVAILABLE) for each in student_ids)


def _insert_companies(work: UnitOfWork, cards: Sequence[NewCompany]) -> tuple[Event, ...]:
    rows = [new_row(card, work.at) for card in cards]
    companies = insert(Company).returning(Company.id, sort_by_parameter_order=True)
    ids = work.connection.execute(companies, rows).scalars().all()
    return tuple(map(created, ids, cards))
