"""Whether companies may write their own profiles."""

from __future__ import annotations

from sqlalchemy import Connection, select

from jobfair.db.transactions import autocommit
from jobfair.domain.state import Phase
from jobfair.models import Fair


def is_allowed() -> bool:
    """Whether the organisers let companies write their profiles until the fair opens."""
    with autocommit() as connection:
        return bool(connection.execute(select(Fair.profile_editing)).scalar_one())


def is_open() -> bool:
    """Whether a company may write its own profile now."""
    with autocommit() as connection:
        return is_open_of(connection)


def is_open_of(connection: Connection) -> bool:
    """The same within the caller's transaction."""
    allowed, phase = connection.execute(select(Fair.profile_editing, Fair.phase)).one()
    return bool(allowed) and phase is Phase.PREPARING
