"""The team: its members, their roles, and open invitations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.fields.input.emails import folded
from jobfair.models import Invitation, Role, SecondFactor, SignIn, User
from jobfair.security.hashing.passwords import NONE


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team.

    `signed_in_at` is when they last signed in, None for never. `has_password` is false until they
    have used their link. `invited_until` is when that link ends, None if it has ended.
    """

    user_id: int
    email: str
    role: Role
    since: datetime
    signed_in_at: datetime | None
    has_password: bool
    invited_until: datetime | None
    has_second_factor: bool


ORDER = (Role.ADMIN, Role.DESK, Role.VIEWER)


def members() -> list[Member]:
    """Everybody of the team: the organisers first, in each role by address."""
    found = _members(User.role != Role.STUDENT)
    return sorted(found, key=order)


def order(member: Member) -> tuple[int, str]:
    """Where somebody comes in the list of the team."""
    return ORDER.index(member.role), member.email


def member(user_id: int) -> Member:
    """One of the team. Raises NotFound."""
    return _one(_members(User.role != Role.STUDENT, User.id == user_id))


def member_with(email: str) -> Member:
    """The one of the team who has an address. Raises NotFound."""
    return _one(_members(User.role != Role.STUDENT, User.email == folded(email)))


def _one(found: Sequence[Member]) -> Member:
    if not found:
        raise NotFound("member")
    return found[0]


def _members(*conditions: Any) -> list[Member]:
    signed_in = (
        select(func.max(SignIn.created_at)).where(SignIn.user_id == User.id).scalar_subquery()
    )
    invited = (
        select(func.max(Invitation.expires_at))
        .where(Invitation.user_id == User.id, Invitation.used_at.is_(None))
        .where(Invitation.expires_at > clock.now())
        .scalar_subquery()
    )
    query = (
        select(
            User.id,
            User.email,
            User.role,
            User.created_at,
            signed_in,
            User.password_hash != NONE,
            invited,
            SecondFactor.user_id.is_not(None),
        )
        .select_from(User)
        .outerjoin(SecondFactor, SecondFactor.user_id == User.id)
        .where(*conditions)
    )
    with read_transaction() as connection:
        return [Member(*row) for row in connection.execute(query)]
