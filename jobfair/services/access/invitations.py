"""Personal links: each lets its owner choose a password, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from jobfair.domain.events import StudentInvited
from jobfair.models import Invitation, Student, User
from jobfair.queries.admin.students.invitations import digest
from jobfair.security import link_tokens
from jobfair.unit_of_work.actors import SYSTEM, Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

LIFETIME = timedelta(days=30)
RESET_LIFETIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class InvitedBack:
    """A new link for a student who lost their password; its secret is not stored."""

    first_name: str
    token: str


def invite(actor: Actor, student_ids: Iterable[int]) -> dict[int, str]:
    """Make a link for each of these students; their older links end.

    Returns the secret of each link by student id. Only its digest is stored. A student who was
    deleted is left out.
    """
    with write_transaction(actor) as work:
        known = work.connection.execute(select(Student.id, Student.user_id)).all()
        wanted = set(student_ids)
        users = {student_id: user_id for student_id, user_id in known if student_id in wanted}
        if not users:
            return {}
        end(work, users.values())
        tokens = {student_id: link_tokens.new() for student_id in users}
        work.connection.execute(
            insert(Invitation),
            [_row(work, users[each], token, LIFETIME) for each, token in tokens.items()],
        )
        invited = tuple(StudentInvited(student_id) for student_id in tokens)
        work.record(actor, *invited)
    return tokens


def invite_back(email: str) -> InvitedBack | None:
    """Make a link, valid for RESET_LIFETIME, for the active student with an e-mail address.

    Returns None when there is none. Anybody may have asked for it, so older links stay valid
    until one is used.
    """
    with write_transaction(SYSTEM) as work:
        row = work.connection.execute(
            select(User.id, Student.id, Student.first_name)
            .join(Student, Student.user_id == User.id)
            .where(User.email == email, Student.active)
        ).first()
        if row is None:
            return None
        user_id, student_id, first_name = row
        token = insert_link(work, user_id, RESET_LIFETIME)
        work.record(SYSTEM, StudentInvited(student_id))
    return InvitedBack(first_name, token)


def insert_link(work: UnitOfWork, user_id: int, lifetime: timedelta) -> str:
    """Make a user's link within the caller's transaction. Returns its secret."""
    token = link_tokens.new()
    work.connection.execute(insert(Invitation), [_row(work, user_id, token, lifetime)])
    return token


def _row(work: UnitOfWork, user_id: int, token: str, lifetime: timedelta) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "digest": digest(token),
        "created_at": work.at,
        "expires_at": work.at + lifetime,
        "used_at": None,
    }


def end(work: UnitOfWork, user_ids: Iterable[int]) -> None:
    """End these users' unused links within the caller's transaction."""
    table = Invitation.__table__
    statement = (
        update(table)
        .where(
            table.c.user_id == bindparam("whose"),
            table.c.used_at.is_(None),
            table.c.expires_at > work.at,
        )
        .values(expires_at=work.at)
    )
    work.connection.execute(statement, [{"whose": user_id} for user_id in user_ids])
