"""Keys: a program of an organiser uses one to call the JSON interface, as its maker and without a
password.

A key ends when it is withdrawn, and with its maker's place in the team or their role.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, bindparam, insert, or_, select, update

from jobfair import clock
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit, unlocked_transaction
from jobfair.domain.events import KeyMade, KeyWithdrawn
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.models import ApiKey, Role, Scope, SecondFactor, User
from jobfair.security import key_secrets
from jobfair.security.keyed_digest import keyed_digest
from jobfair.services.access import sign_ins
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

MOST = 50
"""The most keys at a time: more are the mistake of a program that makes one at each start."""

NOTED_EVERY = timedelta(minutes=1)
"""How exactly it is known when a key was used last."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made. Its secret is not stored."""

    id: int
    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A valid key, and its maker, for whom it acts, with their present role."""

    key_id: int
    scopes: frozenset[Scope]
    user_id: int
    email: str
    role: Role
    password_to_change: bool
    second_factor_to_set_up: bool


# Every call with a key runs it.
_HOLDER = CompiledStatement(
    select(
        ApiKey.id,
        ApiKey.scopes,
        User.id,
        User.email,
        User.role,
        User.password_issued_at.is_not(None),
        SecondFactor.user_id.is_not(None),
    )
    .join(User, User.id == ApiKey.user_id)
    .outerjoin(SecondFactor, SecondFactor.user_id == User.id)
    .where(ApiKey.digest == bindparam("digest"), ApiKey.withdrawn_at.is_(None))
)


def make(actor: Actor, name: str, scopes: Collection[Scope]) -> NewKey | Refusal:
    """Make a key that acts as its maker. Returns `too_many_keys` at `MOST`."""
    secret = key_secrets.new()
    with write_transaction(actor) as work:
        living = work.connection.execute(select(ApiKey.id).where(ApiKey.withdrawn_at.is_(None)))
        if len(living.all()) >= MOST:
            return Refusal(RequestCode.TOO_MANY_KEYS, {"most": MOST})
        ordered = [each.value for each in Scope if each in scopes]
        key_id = work.connection.execute(
            insert(ApiKey)
            .values(
                user_id=actor.id,
                name=name,
                digest=_digest(secret),
                scopes=ordered,
                created_at=work.at,
            )
            .returning(ApiKey.id)
        ).scalar_one()
        work.record(actor, KeyMade(key_id, name, tuple(ordered)))
    return NewKey(key_id, name, secret)


def withdraw(actor: Actor, key_id: int) -> None:
    """Withdraw a key, and end its streams. Raises NotFound.

    Nothing happens where it was withdrawn before.
    """
    with write_transaction(actor) as work:
        known = work.connection.execute(select(ApiKey.id).where(ApiKey.id == key_id)).first()
        if known is None:
            raise NotFound("key")
        _withdraw_where(work, actor, ApiKey.id == key_id)


def withdraw_all_of(work: UnitOfWork, actor: Actor, user_id: int) -> None:
    """Withdraw the keys that somebody has made, within the caller's transaction."""
    _withdraw_where(work, actor, ApiKey.user_id == user_id)


def holder(secret: str) -> KeyHolder | None:
    """The holder of a key; None if the key is unknown or withdrawn, or its maker has gone."""
    if not key_secrets.is_whole(secret):
        return None
    with autocommit() as connection:
        row = _HOLDER.row(connection, digest=_digest(secret))
    if row is None:
        return None
    key_id, scopes, user_id, email, role, issued, has_factor = row
    return KeyHolder(
        key_id,
        frozenset(map(Scope, scopes)),
        user_id,
        email,
        role,
        bool(issued),
        sign_ins.lacks_second_factor(role, bool(has_factor)),
    )


def works(key_id: int) -> bool:
    """Whether a key still opens something."""
    living = select(ApiKey.id).where(ApiKey.id == key_id, ApiKey.withdrawn_at.is_(None))
    with autocommit() as connection:
        return connection.execute(living).first() is not None


def note_use(key_id: int) -> None:
    """Note that a key is being used, unless that was noted less than a minute ago."""
    now = clock.now()
    stale = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < now - NOTED_EVERY)
    due = select(ApiKey.id).where(ApiKey.id == key_id, stale)
    with autocommit() as connection:
        if connection.execute(due).first() is None:
            return
    with unlocked_transaction() as connection:
        connection.execute(update(ApiKey).where(ApiKey.id == key_id).values(last_used_at=now))


def _withdraw_where(work: UnitOfWork, actor: Actor, *conditions: ColumnElement[bool]) -> None:
    withdrawn = work.connection.execute(
        update(ApiKey)
        .where(*conditions, ApiKey.withdrawn_at.is_(None))
        .values(withdrawn_at=work.at)
        .returning(ApiKey.id, ApiKey.name)
    )
    work.record(actor, *(KeyWithdrawn(key_id, name) for key_id, name in withdrawn))


def _digest(secret: str) -> str:
    return keyed_digest(f"key {secret}")
