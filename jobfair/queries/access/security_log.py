"""The security log of one account, for its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jobfair.db.transactions import autocommit
from jobfair.models import Outcome, SecurityLogRow

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Trace:
    """A row. `device` is empty where unknown; `from_here` says that the address is the reader's."""

    at: datetime
    outcome: Outcome
    device: str
    from_here: bool


def latest(user_id: int, address: str) -> list[Trace]:
    """An account's newest rows, read from an address, of which this is the keyed digest."""
    own = (
        select(
            SecurityLogRow.at,
            SecurityLogRow.outcome,
            SecurityLogRow.device,
            SecurityLogRow.address == address,
        )
        .where(SecurityLogRow.user_id == user_id)
        .order_by(SecurityLogRow.id.desc())
        .limit(SHOWN)
    )
    with autocommit() as connection:
        return [Trace(*row) for row in connection.execute(own)]
