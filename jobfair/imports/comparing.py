"""A list compared with the database: what importing it would do."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, select

from jobfair.db.transactions import read_transaction
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.companies import IN_LISTS, NewCompany
from jobfair.fields.input.company_names import name_key
from jobfair.fields.input.declaration import Field
from jobfair.fields.input.folding import folded
from jobfair.fields.students.students import NAMES
from jobfair.imports import removals
from jobfair.imports.removals import Removal
from jobfair.models import Company, Role, Student, User


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

Named = frozenset[str]
"""Whom the lines that were left out mean: they are not missing in the list."""


@dataclass(frozen=True, slots=True)
class Comparison(Generic[Card]):
    """A list compared with the database.

    `new` are those to import, `present` is how many are there already and stay as they are,
    `refused` are those that clash, each with why. `changed` are those to update, where that is
    asked for. Where the list is to hold all there are, `removed` are those to remove, and `busy`
    those who are not in it either, but in an interview or called: each is asked about.
    """

    new: tuple[Card, ...]
    present: int
    refused: tuple[tuple[Card, Refusal], ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Removal, ...] = ()
    busy: tuple[Removal, ...] = ()

    @property
    def does_something(self) -> bool:
        """Whether an import would change anything, or might."""
        return bool(self.new or self.changed or self.removed or self.busy)

    @property
    def lists_nobody(self) -> bool:
        """Whether no line is about anybody who is there or to come."""
        return not (self.new or self.changed or self.present)

    @property
    def promise(self) -> str:
        """A digest of what is to be done, by which an import finds out that it has changed.

        Places in queues come and go all day: who would lose how many is no part of it.
        """
        missing = [[each.id for each in some] for some in (self.removed, self.busy)]
        return hashlib.sha256(repr((self.new, self.changed, missing)).encode()).hexdigest()


def compare_students(
    listed: Sequence[ListedStudent], given: Given | None = None, named: Named | None = None
) -> Comparison[ListedStudent]:
    """Which students are new. The address of an organiser is refused.

    With what is `given` in the lines, also whose names differ: what else a student says of
    themselves is theirs. With `named`, also who is not in the list.
    """
    with read_transaction() as connection:
        return students_compared(connection, listed, given, named)


def compare_companies(
    listed: Sequence[NewCompany], given: Given | None = None, named: Named | None = None
) -> Comparison[NewCompany]:
    """The same for companies."""
    with read_transaction() as connection:
        return companies_compared(connection, listed, given, named)


def students_compared(
    connection: Connection,
    listed: Sequence[ListedStudent],
    given: Given | None,
    named: Named | None,
) -> Comparison[ListedStudent]:
    """The same within the caller's transaction."""
    names = [getattr(Student, each.name) for each in NAMES]
    query = select(User.email, User.role, Student.id, *names).outerjoin(Student)
    there = {row.email: row for row in connection.execute(query)}
    students = {email: row for email, row in there.items() if row.role is Role.STUDENT}
    changed = [
        _difference(students[card.email], f"{card.first_name} {card.last_name}", NAMES, said)
        for card, said in zip(listed, given or (), strict=given is not None)
        if card.email in students
    ]
    compared = _compared(
        tuple(each for each in listed if each.email not in there),
        sum(each.email in students for each in listed),
        tuple(
            (each, Refusal(RequestCode.NOT_A_STUDENT))
            for each in listed
            if each.email in there and each.email not in students
        ),
        changed,
    )
    if named is None:
        return compared
    here = {each.email for each in listed} | named
    missing = {
        row.id: f"{row.first_name} {row.last_name}"
        for email, row in students.items()
        if email not in here
    }
    return _without(compared, removals.of_students(connection, missing))


def companies_compared(
    connection: Connection,
    listed: Sequence[NewCompany],
    given: Given | None,
    named: Named | None,
) -> Comparison[NewCompany]:
    """The same within the caller's transaction."""
    columns = [getattr(Company, each.name) for each in IN_LISTS]
    query = select(Company.id, Company.name_key, *columns)
    there = {row.name_key: row for row in connection.execute(query)}
    new = tuple(each for each in listed if name_key(each.name) not in there)
    changed = [
        _difference(there[name_key(card.name)], card.name, IN_LISTS, said)
        for card, said in zip(listed, given or (), strict=given is not None)
        if name_key(card.name) in there
    ]
    compared = _compared(new, len(listed) - len(new), (), changed)
    if named is None:
        return compared
    here = {name_key(each.name) for each in listed} | named
    missing = {row.id: row.name for key, row in there.items() if key not in here}
    return _without(compared, removals.of_companies(connection, missing))


def _compared(
    new: tuple[Card, ...],
    present: int,
    refused: tuple[tuple[Card, Refusal], ...],
    differences: Sequence[Change],
) -> Comparison[Card]:
    changed = tuple(each for each in differences if each.after)
    return Comparison(new, present - len(changed), refused, changed)


def _without(compared: Comparison[Card], missing: Sequence[Removal]) -> Comparison[Card]:
    """The comparison with those who are missing in the list, by their names."""
    ordered = sorted(missing, key=lambda each: (folded(each.name), each.id))
    return replace(
        compared,
        removed=tuple(each for each in ordered if not each.is_busy),
        busy=tuple(each for each in ordered if each.is_busy),
    )


def _difference(row: Any, name: str, fields: Sequence[Field], said: Mapping[str, Any]) -> Change:
    """In which of the fields a line says something else than what is stored."""
    after = {
        each.name: said[each.name]
        for each in fields
        if each.name in said and said[each.name] != getattr(row, each.name)
    }
    return Change(row.id, name, {field: getattr(row, field) for field in after}, after)
