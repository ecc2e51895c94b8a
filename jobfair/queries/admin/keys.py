"""The keys that work: whose they are, what they may do, when they were used last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.models import ApiKey, Scope, User


@dataclass(frozen=True, slots=True)
class Key:
    """A key that works. `used_at` is exact to a minute, None before the first use."""

    id: int
    name: str
    scopes: tuple[Scope, ...]
    maker_id: int
    maker: str
    made_at: datetime
    used_at: datetime | None


def living() -> list[Key]:
    """Every key that works, the newest first."""
    return _keys()


def key(key_id: int) -> Key:
    """One of them. Raises NotFound, also once it was withdrawn."""
    found = _keys(ApiKey.id == key_id)
    if not found:
        raise NotFound("key")
    return found[0]


def _keys(*conditions: Any) -> list[Key]:
    query = (
        select(
            ApiKey.id,
            ApiKey.name,
            ApiKey.scopes,
            User.id,
            User.email,
            ApiKey.created_at,
            ApiKey.last_used_at,
        )
        .join(User, User.id == ApiKey.user_id)
        .where(ApiKey.withdrawn_at.is_(None), *conditions)
        .order_by(ApiKey.id.desc())
    )
    with read_transaction() as connection:
        return [
            Key(row[0], row[1], tuple(map(Scope, row[2])), *row[3:])
            for row in connection.execute(query)
        ]
