"""Importing lists of students and companies: all that the preview showed, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection, insert, select

from jobfair.db.transactions import read_transaction
from jobfair.domain.events import Event, StudentCreated
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.exceptions import RequestCode
from jobfair.fields.companies import NewCompany
from jobfair.fields.company_names import name_key
from jobfair.fields.edits import values_of
from jobfair.fields.introductions import FROM_SCHOOL
from jobfair.models import (
    Company,
    Role,
    Student,
    User,
)
from jobfair.security import passwords
from jobfair.services.companies import created, new_row
from jobfair.unit_of_work.actors import Actor
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
class Comparison(Generic[Card]):
    """A list compared with the database.

    `new` are those to import, `present` is how many are there already and stay as they are,
    `refused` are those that clash, each with why.
    """

    new: tuple[Card, ...]
    present: int
    refused: tuple[tuple[Card, Refusal], ...] = ()

    @property
    def promise(self) -> str:
        """A digest of the new ones, by which an import finds out that they have changed."""
        return hashlib.sha256(repr(self.new).encode()).hexdigest()


def compare_students(listed: Sequence[ListedStudent]) -> Comparison[ListedStudent]:
    """Which students are new. The address of an organiser is refused."""
    with read_transaction() as connection:
        return _compare_students(connection, listed)


def import_students(actor: Actor, listed: Sequence[ListedStudent], promise: str) -> int | Refusal:
    """Make an account without a password for each new student. Returns how many.

    Returns `import_stale`, and stores nothing, when `promise` is not that of the new ones.
    """
    return _import(actor, listed, promise, _compare_students, _insert_students)


def compare_companies(listed: Sequence[NewCompany]) -> Comparison[NewCompany]:
    """Which companies are new."""
    with read_transaction() as connection:
        return _compare_companies(connection, listed)


def import_companies(actor: Actor, listed: Sequence[NewCompany], promise: str) -> int | Refusal:
    """Make each new company, with a link of its own. Returns how many, or `import_stale`."""
    return _import(actor, listed, promise, _compare_companies, _insert_companies)


def _import(
    actor: Actor,
    listed: Sequence[Card],
    promise: str,
    compare: Callable[[Connection, Sequence[Card]], Comparison[Card]],
    insert_all: Callable[[UnitOfWork, Sequence[Card]], tuple[Event, ...]],
) -> int | Refusal:
    with write_transaction(actor) as work:
        comparison = compare(work.connection, listed)
        if comparison.promise != promise:
            return Refusal(RequestCode.IMPORT_STALE)
        if comparison.new:
            created = insert_all(work, comparison.new)
            work.record(actor, *created)
    return len(comparison.new)


def _compare_students(
    connection: Connection, listed: Sequence[ListedStudent]
) -> Comparison[ListedStudent]:
    rows = connection.execute(select(User.email, User.role))
    roles = {row.email: row.role for row in rows}
    return Comparison(
        tuple(each for each in listed if each.email not in roles),
        sum(roles.get(each.email) is Role.STUDENT for each in listed),
        tuple(
            (each, Refusal(RequestCode.NOT_A_STUDENT))
            for each in listed
            if roles.get(each.email, Role.STUDENT) is not Role.STUDENT
        ),
    )


def _compare_companies(
    connection: Connection, listed: Sequence[NewCompany]
) -> Comparison[NewCompany]:
    there = set(connection.execute(select(Company.name_key)).scalars())
    new = tuple(each for each in listed if name_key(each.name) not in there)
    return Comparison(new, len(listed) - len(new))


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
