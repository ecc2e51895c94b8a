"""Accounts that students made themselves: how many there are, and which may be false."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, and_, func, select

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import StudentCreated, kind
from jobfair.domain.state import StudentStatus
from jobfair.models import DONE, RUNNING, Entry, JournalRow, Student, User

LATELY = timedelta(hours=1)
MOST_MINUTES = 60 * 24 * 30

_SELF_MADE = select(JournalRow.number).where(
    JournalRow.kind == kind(StudentCreated),
    JournalRow.actor == "student",
    JournalRow.student_id == Student.id,
)
"""The row that says of a student that they registered themselves."""

_MET = select(Entry.id).where(Entry.student_id == Student.id, RUNNING | DONE)


class StudentState(StrEnum):
    """What students can be filtered by, counted as the overview's figures are."""

    AVAILABLE = "available"
    IN_INTERVIEW = "in_interview"
    PAUSED = "paused"
    DEACTIVATED = "deactivated"


_STATES: Mapping[str, Any] = {
    StudentState.AVAILABLE: and_(Student.active, Student.status == StudentStatus.AVAILABLE),
    StudentState.IN_INTERVIEW: Student.status == StudentStatus.IN_INTERVIEW,
    StudentState.PAUSED: and_(Student.active, Student.status == StudentStatus.PAUSED),
    StudentState.DEACTIVATED: Student.active.is_(False),
}


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts to look for; what is left out does not matter.

    `minutes` is how long ago they registered themselves at most. `domain` is that of their
    address, or above it. `unconfirmed`: only whose address is not proved. `state` is a
    StudentState.
    """

    minutes: int = 0
    domain: str = ""
    unconfirmed: bool = False
    state: str = ""

    @property
    def is_of_accounts(self) -> bool:
        """Whether it filters by how accounts were made, and not only by state."""
        return bool(self.minutes > 0 or self.domain or self.unconfirmed)

    def __bool__(self) -> bool:
        return self.is_of_accounts or self.state in _STATES

    @property
    def conditions(self) -> list[Any]:
        """What a statement about students and their users asks for."""
        conditions: list[Any] = []
        if self.minutes > 0:
            since = clock.now() - timedelta(minutes=min(self.minutes, MOST_MINUTES))
            conditions.append(_SELF_MADE.where(JournalRow.at >= since).exists())
        if self.unconfirmed:
            conditions.append(User.address_confirmed_at.is_(None))
        if self.state in _STATES:
            conditions.append(_STATES[self.state])
        return conditions

    def has_domain(self, email: str) -> bool:
        """Whether an address is of the domain that is looked for."""
        domain = self.domain.strip().removeprefix("@").lower()
        return not domain or email.endswith((f"@{domain}", f".{domain}"))


EVERY_ACCOUNT = AccountFilter()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many students have registered themselves in all and in the last hour, and how many
    addresses are not proved."""

    all: int
    lately: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class Removable:
    """Which accounts one action would remove, and how many it would keep, with why.

    `waiting` counts the places in queues that would be lost.
    """

    student_ids: tuple[int, ...]
    waiting: int
    with_interview: int
    not_self_made: int


def counts() -> Counts:
    """The figures now."""
    students = select(func.count()).select_from(Student)
    lately = _SELF_MADE.where(JournalRow.at >= clock.now() - LATELY)
    unconfirmed = students.join(User, User.id == Student.user_id).where(
        User.address_confirmed_at.is_(None)
    )
    with read_transaction() as connection:
        return Counts(
            connection.execute(students.where(_SELF_MADE.exists())).scalar_one(),
            connection.execute(students.where(lately.exists())).scalar_one(),
            connection.execute(unconfirmed).scalar_one(),
        )


def removable(found: Collection[int]) -> Removable:
    """Of these students, whose accounts may be removed together."""
    with read_transaction() as connection:
        made, met = self_made(connection), set(_ids(connection, _MET.exists()))
        removed = tuple(each for each in found if each in made and each not in met)
        waiting = select(Entry.student_id).where(Entry.state == "waiting")
        waits = [each for each in connection.execute(waiting).scalars() if each in set(removed)]
    return Removable(
        removed,
        len(waits),
        sum(each in met for each in found),
        sum(each not in made and each not in met for each in found),
    )


def self_made(connection: Connection) -> dict[int, str]:
    """The students who registered themselves, with their names, on the caller's connection."""
    rows = connection.execute(
        select(Student.id, Student.first_name, Student.last_name).where(_SELF_MADE.exists())
    )
    return {student_id: f"{first_name} {last_name}" for student_id, first_name, last_name in rows}


def _ids(connection: Connection, condition: Any) -> list[int]:
    return list(connection.execute(select(Student.id).where(condition)).scalars())
