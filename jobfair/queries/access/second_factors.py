"""The second factor of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from jobfair.db.transactions import autocommit
from jobfair.models import RecoveryCode, SecondFactor, User
from jobfair.security.keyed_digest import keyed_digest


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor that is on, since when, and how many recovery codes are not used yet."""

    since: datetime
    codes_left: int


@dataclass(frozen=True, slots=True)
class Known:
    """An account whose password was given. `proof` is another one once the password is."""

    user_id: int
    email: str
    proof: str


def of_user(user_id: int) -> Factor | None:
    """An account's second factor; None where it has none."""
    left = (
        select(func.count())
        .where(RecoveryCode.user_id == SecondFactor.user_id, RecoveryCode.used_at.is_(None))
        .scalar_subquery()
    )
    with autocommit() as connection:
        own = select(SecondFactor.since, left).where(SecondFactor.user_id == user_id)
        row = connection.execute(own).first()
    return None if row is None else Factor(*row)


def known(user_id: int) -> Known | None:
    """Who an account is; None where it is gone."""
    with autocommit() as connection:
        own = select(User.email, User.password_hash).where(User.id == user_id)
        row = connection.execute(own).first()
    if row is None:
        return None
    return Known(user_id, row.email, keyed_digest(f"half {user_id} {row.password_hash}"))
