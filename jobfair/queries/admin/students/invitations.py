"""Which students have a personal link, which still need one, and whose a link is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.fields.input.folding import folded
from jobfair.models import Invitation, Role, Student, User
from jobfair.security import link_tokens
from jobfair.security.hashing.passwords import NONE

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Guest:
    """A student, and when their valid link was made, if they have one."""

    user_id: int
    student_id: int
    first_name: str
    last_name: str
    email: str
    invited_at: datetime | None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class GuestPage:
    """One page of the students without a password, by last name; `number` counts from 1.

    `total` counts these students, `invited` those of them with a valid link.
    """

    guests: tuple[Guest, ...]
    number: int
    total: int
    invited: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def uninvited(self) -> int:
        return self.total - self.invited


@dataclass(frozen=True, slots=True)
class InvitationLink:
    """A personal link, valid or not, and whose it is; the student's id and names are None for
    one of the team."""

    id: int
    user_id: int
    role: Role
    student_id: int | None
    first_name: str | None
    last_name: str | None
    email: str
    active: bool
    expires_at: datetime
    used_at: datetime | None


def digest(token: str) -> str:
    """What is stored of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def link(token: str) -> InvitationLink | None:
    """What a link opens; None for one that was never made."""
    with read_transaction() as connection:
        return read_link(connection, token)


def read_link(connection: Connection, token: str) -> InvitationLink | None:
    """The same on the caller's connection."""
    row: Any = connection.execute(
        select(
            Invitation.id,
            User.id,
            User.role,
            Student.id,
            Student.first_name,
            Student.last_name,
            User.email,
            or_(Student.id.is_(None), Student.active),
            Invitation.expires_at,
            Invitation.used_at,
        )
        .join(User, User.id == Invitation.user_id)
        .outerjoin(Student, Student.user_id == User.id)
        .where(Invitation.digest.in_(map(digest, link_tokens.spellings(token))))
    ).first()
    return None if row is None else InvitationLink(*row)


def guests(number: int = 1) -> GuestPage:
    """A page of the students without a password; a number too large gives the last page."""
    found = without_password()
    last = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(1, number), last)
    return GuestPage(
        tuple(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]),
        number,
        len(found),
        sum(guest.invited_at is not None for guest in found),
    )


def without_password() -> list[Guest]:
    """Every student who has no password yet, by last name."""
    with read_transaction() as connection:
        rows = connection.execute(_guests(clock.now(), User.password_hash == NONE)).all()
    return sorted((Guest(*row) for row in rows), key=order)


def order(guest: Guest) -> tuple[str, str, int]:
    """The sort key of a list by last name."""
    return folded(guest.last_name), folded(guest.first_name), guest.student_id


def guest(student_id: int) -> Guest | None:
    """One student, whether they have a password or not; None when there is none."""
    with read_transaction() as connection:
        row = connection.execute(_guests(clock.now(), Student.id == student_id)).first()
    return None if row is None else Guest(*row)


def _guests(at: datetime, condition: Any) -> Any:
    living = and_(
        Invitation.user_id == User.id, Invitation.used_at.is_(None), Invitation.expires_at > at
    )
    return (
        select(
            User.id,
            Student.id,
            Student.first_name,
            Student.last_name,
            User.email,
            func.max(Invitation.created_at),
        )
        .join(Student, Student.user_id == User.id)
        .outerjoin(Invitation, living)
        .where(condition)
        .group_by(User.id, Student.id)
    )
