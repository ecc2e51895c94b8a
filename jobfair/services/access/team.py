"""The team that runs the fair: inviting somebody, giving another role, removing.

The actor's right is checked under the lock: if two organisers remove each other at the same moment,
one stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Row, delete, func, select, update

from jobfair.domain.events import (
    MemberInvited,
    MemberRemoved,
    MemberRoleChanged,
    SecondFactorRemoved,
)
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.models import Role, User
from jobfair.security.hashing.passwords import NONE
from jobfair.services.access import accounts, invitations, keys, second_factors, sign_ins
from jobfair.services.access.rights import MAY, TEAM, Right
from jobfair.unit_of_work.actors import SYSTEM, Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

LIFETIME = timedelta(days=3)
"""How long a link lets somebody into the team."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody with a link into the team, whose secret is not stored."""

    user_id: int
    email: str
    token: str


def invite(actor: Actor, email: str, role: Role) -> Invited | Refusal:
    """Make somebody's account in the team, and the link by which they choose a password.

    Returns `not_allowed`, or `email_taken` when the address has an account.
    """
    with write_transaction(actor) as work:
        if not _may_manage(work, actor):
            return Refusal(RequestCode.NOT_ALLOWED)
        user_id = accounts.insert_user(work, email, NONE, role, issued=False, confirmed=True)
        if isinstance(user_id, Refusal):
            return user_id
        work.record(actor, MemberInvited(user_id, role))
        return _with_link(work, user_id)


def invite_again(actor: Actor, user_id: int) -> Invited | Refusal:
    """Make another link for somebody who has not used theirs; the old one ends.

    Returns `not_allowed`, or `already_member` when they have a password. Raises NotFound.
    """
    with write_transaction(actor) as work:
        if not _may_manage(work, actor):
            return Refusal(RequestCode.NOT_ALLOWED)
        member = _member(work, user_id)
        if member.password_hash != NONE:
            return Refusal(RequestCode.ALREADY_MEMBER)
        invitations.end(work, [user_id])
        work.record(actor, MemberInvited(user_id, member.role))
        return _with_link(work, user_id)


def change_role(actor: Actor, user_id: int, role: Role) -> Refusal | None:
    """Give somebody of the team another role. They are signed out, and sign in with it; the keys
    that they made end.

    Returns `not_allowed`, `own_role` where they would change their own, or `last_organiser`.
    Raises NotFound.
    """
    with write_transaction(actor) as work:
        if not _may_manage(work, actor):
            return Refusal(RequestCode.NOT_ALLOWED)
        before = _member(work, user_id).role
        if actor is not SYSTEM and actor.id == user_id:
            return Refusal(RequestCode.OWN_ROLE)
        if before == role:
            return None
        if _is_last_organiser(work, user_id):
            return Refusal(RequestCode.LAST_ORGANISER)
        work.connection.execute(update(User).where(User.id == user_id).values(role=role))
        sign_ins.end_all(work, actor, user_id)
        keys.withdraw_all_of(work, actor, user_id)
        work.record(actor, MemberRoleChanged(user_id, before, role))
    return None


def remove(actor: Actor, user_id: int) -> Refusal | None:
    """Remove somebody from the team, signed out at once wherever they are.

    Returns `not_allowed` or `last_organiser`. Raises NotFound.
    """
    with write_transaction(actor) as work:
        if not _may_manage(work, actor):
            return Refusal(RequestCode.NOT_ALLOWED)
        member = _member(work, user_id)
        if _is_last_organiser(work, user_id):
            return Refusal(RequestCode.LAST_ORGANISER)
        sign_ins.end_all(work, actor, user_id)
        keys.withdraw_all_of(work, actor, user_id)
        work.record(actor, MemberRemoved(user_id, member.email, member.role))
        work.connection.execute(delete(User).where(User.id == user_id))
    return None


def remove_second_factor(actor: Actor, user_id: int) -> Refusal | None:
    """Take the second factor of somebody who lost it away. They are signed out everywhere.

    Returns `not_allowed`, or `own_second_factor`: one's own is switched off with a code. Raises
    NotFound. Nothing happens where somebody has none.
    """
    with write_transaction(actor) as work:
        if not _may_manage(work, actor):
            return Refusal(RequestCode.NOT_ALLOWED)
        if actor is not SYSTEM and actor.id == user_id:
            return Refusal(RequestCode.OWN_SECOND_FACTOR)
        _member(work, user_id)
        if second_factors.remove(work, actor, user_id):
            work.record(actor, SecondFactorRemoved(user_id))
    return None


def _with_link(work: UnitOfWork, user_id: int) -> Invited:
    token = invitations.insert_link(work, user_id, LIFETIME)
    return Invited(user_id, _member(work, user_id).email, token)


def _may_manage(work: UnitOfWork, actor: Actor) -> bool:
    """Whether the one who acts may do so now, and not only when the request came in."""
    if actor is SYSTEM:
        return True
    own = select(User.role).where(User.id == actor.id)
    role = work.connection.execute(own).scalar()
    return role is not None and Right.MANAGE in MAY[role]


def _member(work: UnitOfWork, user_id: int) -> Row[str, Role, str]:
    """The row of somebody of the team. Raises NotFound."""
    row = work.connection.execute(
        select(User.email, User.role, User.password_hash).where(
            User.id == user_id, User.role.in_(TEAM)
        )
    ).first()
    if row is None:
        raise NotFound("member")
    return row


def _is_last_organiser(work: UnitOfWork, user_id: int) -> bool:
    """Whether nobody else could manage the fair: who has not chosen a password yet cannot."""
    others = select(func.count()).where(
        User.role == Role.ADMIN, User.id != user_id, User.password_hash != NONE
    )
    return not work.connection.execute(others).scalar_one()
