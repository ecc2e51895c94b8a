"""Confirming e-mail addresses by a code that is mailed to them."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from jobfair.db.statements import CompiledStatement
from jobfair.domain.events import AddressConfirmed
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.models import AddressCode, Student, User
from jobfair.security.keyed_digest import keyed_digest
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

LIFETIME = timedelta(minutes=10)
TRIES = 5
BETWEEN_CODES = timedelta(minutes=1)

_IS_CONFIRMED = CompiledStatement(
    select(User.address_confirmed_at.is_not(None))
    .join(Student, Student.user_id == User.id)
    .where(Student.id == bindparam("student_id"))
)


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code to be mailed; only a digest of it is stored."""

    email: str
    first_name: str
    code: str


@dataclass(frozen=True, slots=True)
class _Address:
    user_id: int
    email: str
    first_name: str
    confirmed_at: datetime | None


def is_confirmed(connection: Connection, student_id: int) -> bool:
    """Whether a student's address is proved, within the caller's transaction."""
    return any(confirmed for (confirmed,) in _IS_CONFIRMED.rows(connection, student_id=student_id))


def issue_code(actor: Actor) -> IssuedCode | Refusal:
    """Make the code by which a student confirms their address; older codes stop working.

    Returns `address_confirmed` if it is confirmed already, and `address_code_sent` within
    BETWEEN_CODES after the last one. Raises NotFound.
    """
    with write_transaction(actor) as work:
        address = _address(work.connection, actor.student_id)
        if address.confirmed_at is not None:
            return Refusal(RequestCode.ADDRESS_CONFIRMED)
        sent_at = work.connection.execute(
            select(AddressCode.sent_at).where(AddressCode.user_id == address.user_id)
        ).scalar()
        if sent_at is not None and work.at < sent_at + BETWEEN_CODES:
            return Refusal(RequestCode.ADDRESS_CODE_SENT)
        code = f"{secrets.randbelow(10**6):06}"
        forget_code(work, address.user_id)
        work.connection.execute(
            insert(AddressCode).values(
                user_id=address.user_id, digest=_digest(address, code), sent_at=work.at, tries=0
            )
        )
    return IssuedCode(address.email, address.first_name, code)


def confirm(actor: Actor, code: str) -> Refusal | None:
    """A student proves their address by the code that was mailed to it. Twice is no error.

    Returns `address_code_over` for a code older than LIFETIME or tried TRIES times, and
    `address_code_wrong`, which counts. Raises NotFound.
    """
    with write_transaction(actor) as work:
        # Read under the lock: of two tries at once, the second sees that the first was the last.
        address = _address(work.connection, actor.student_id)
        if address.confirmed_at is not None:
            return None
        issued = work.connection.execute(
            select(AddressCode.digest, AddressCode.sent_at, AddressCode.tries).where(
                AddressCode.user_id == address.user_id
            )
        ).first()
        if issued is None or issued.sent_at + LIFETIME <= work.at or issued.tries >= TRIES:
            return Refusal(RequestCode.ADDRESS_CODE_OVER)
        if not hmac.compare_digest(issued.digest, _digest(address, code)):
            work.connection.execute(
                update(AddressCode)
                .where(AddressCode.user_id == address.user_id)
                .values(tries=issued.tries + 1)
            )
            return Refusal(RequestCode.ADDRESS_CODE_WRONG, {"left": TRIES - issued.tries - 1})
        write_confirmed(work, actor, address.user_id, actor.student_id)
    return None


def confirm_for(actor: Actor, student_id: int) -> None:
    """An organiser confirms a student's address at the desk. Twice is no error. Raises NotFound."""
    with write_transaction(actor) as work:
        address = _address(work.connection, student_id)
        write_confirmed(work, actor, address.user_id, student_id)


def write_confirmed(work: UnitOfWork, actor: Actor, user_id: int, student_id: int) -> None:
    """Note that an address is proved, within the caller's transaction; not again if it is."""
    forget_code(work, user_id)
    confirmed = work.connection.execute(
        update(User)
        .where(User.id == user_id, User.address_confirmed_at.is_(None))
        .values(address_confirmed_at=work.at)
    )
    if confirmed.rowcount:
        work.record(actor, AddressConfirmed(student_id))


def forget_code(work: UnitOfWork, user_id: int) -> None:
    """Make a user's code worthless, within the caller's transaction."""
    work.connection.execute(delete(AddressCode).where(AddressCode.user_id == user_id))


def _address(connection: Connection, student_id: int) -> _Address:
    row = connection.execute(
        select(User.id, User.email, Student.first_name, User.address_confirmed_at)
        .join(Student, Student.user_id == User.id)
        .where(Student.id == student_id)
    ).first()
    if row is None:
        raise NotFound("student")
    return _Address(*row)


def _digest(address: _Address, code: str) -> str:
    # With the address in it, a code is worth nothing for another one.
    return keyed_digest(f"address code {address.user_id} {address.email} {code}")
