"""The security log of each account: sign-ins, good and bad, and changes of what one signs in with.

It is bounded, so that nobody who guesses fills the disk, nor drives an account's other rows out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from jobfair import clock
from jobfair.db.transactions import autocommit, read_transaction, unlocked_transaction
from jobfair.domain.events import NewDevice
from jobfair.models import Outcome, SecurityLogRow, SignIn, Student, User
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import write_transaction

KEPT_FOR = timedelta(days=90)
KEPT_OF_EACH = 50
"""Rows of one outcome for one account; more push out the oldest."""
KEPT_OF_UNKNOWN = 500
"""The same for addresses that have no account, all together."""

ONCE_IN = timedelta(minutes=1)
"""The least time between two rows that say that one address tries too often."""

GOOD = (Outcome.SIGNED_IN, Outcome.NEW_DEVICE)


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a request comes from: a keyed digest of its IP address, and the browser's name."""

    address: str
    device: str


def record(outcome: Outcome, visit: Visit, user_id: int) -> None:
    """Write a row about an account."""
    with unlocked_transaction() as connection:
        _write(connection, clock.now(), outcome, visit, user_id)


def record_try(outcome: Outcome, visit: Visit, email: str) -> int | None:
    """Write a row about a refused sign-in, also for an address without an account.

    Returns the account's user id, or None. Takes as long for both.
    """
    user_id = _user_of(email)
    if outcome is not Outcome.TOO_MANY or not _just_written(outcome, visit, user_id):
        with unlocked_transaction() as connection:
            _write(connection, clock.now(), outcome, visit, user_id)
    return user_id


def record_sign_in(sign_in_id: int, user_id: int, visit: Visit, known: bool, browser: bool) -> bool:
    """Write a row about a new sign-in. Returns whether the account's owner should hear of it.

    That is where they have signed in before, and not from here: `known` says that the browser
    has proved it. A program (not `browser`) is known by its name.
    """
    if not known and _has_signed_in(user_id, sign_in_id, None if browser else visit.device):
        with write_transaction(actors.SYSTEM) as work:
            _write(work.connection, work.at, Outcome.NEW_DEVICE, visit, user_id)
            own = select(Student.id).where(Student.user_id == user_id)
            student_id = work.connection.execute(own).scalar()
            work.record(actors.SYSTEM, NewDevice(user_id, student_id))
        return True
    record(Outcome.SIGNED_IN, visit, user_id)
    return False


def prune(connection: Connection, now: datetime) -> None:
    """Delete rows older than KEPT_FOR."""
    connection.execute(delete(SecurityLogRow).where(SecurityLogRow.at < now - KEPT_FOR))


def _write(
    connection: Connection, at: datetime, outcome: Outcome, visit: Visit, user_id: int | None
) -> None:
    row = {"outcome": outcome, "address": visit.address, "device": visit.device}
    connection.execute(insert(SecurityLogRow).values(at=at, user_id=user_id, **row))
    alike = _alike(outcome, user_id)
    kept = KEPT_OF_UNKNOWN if user_id is None else KEPT_OF_EACH
    oldest = select(SecurityLogRow.id).where(*alike).order_by(SecurityLogRow.id.desc()).offset(kept)
    connection.execute(
        delete(SecurityLogRow).where(*alike, SecurityLogRow.id <= oldest.limit(1).scalar_subquery())
    )


def _alike(outcome: Outcome, user_id: int | None) -> tuple[Any, Any]:
    return SecurityLogRow.user_id == user_id, SecurityLogRow.outcome == outcome


def _user_of(email: str) -> int | None:
    with autocommit() as connection:
        return connection.execute(select(User.id).where(User.email == email)).scalar()


def _just_written(outcome: Outcome, visit: Visit, user_id: int | None) -> bool:
    same = select(SecurityLogRow.id).where(
        *_alike(outcome, user_id),
        SecurityLogRow.address == visit.address,
        SecurityLogRow.at > clock.now() - ONCE_IN,
    )
    with autocommit() as connection:
        return connection.execute(same.limit(1)).first() is not None


def _has_signed_in(user_id: int, before: int, not_with: str | None) -> bool:
    """Whether an account has an earlier sign-in than one, and none by a program of this name."""
    earlier = select(SignIn.id).where(SignIn.user_id == user_id, SignIn.id < before)
    by_name = select(SecurityLogRow.id).where(
        SecurityLogRow.user_id == user_id,
        SecurityLogRow.outcome.in_(GOOD),
        SecurityLogRow.device == not_with,
    )
    with read_transaction() as connection:
        if connection.execute(earlier.limit(1)).first() is None:
            return False
        return not_with is None or connection.execute(by_name.limit(1)).first() is None
