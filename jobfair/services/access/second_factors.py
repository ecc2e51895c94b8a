"""Second factors: a code from an app, asked for after the password. For the team, not for students.

Each code works once. Of two sign-ins with one code the database lets in one: the row that says
which codes were used is changed under a condition, and who changes it was first.
"""

from __future__ import annotations

from enum import Enum, auto

from sqlalchemy import Connection, delete, insert, select, update

from jobfair import clock
from jobfair.db.transactions import unlocked_transaction
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.models import RecoveryCode, SecondFactor
from jobfair.security import one_time_codes, sealed
from jobfair.security.keyed_digest import keyed_digest
from jobfair.services.access import sign_ins
from jobfair.services.access.sign_ins import NewSession
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

RECOVERY_CODES = 10

ISSUER = "JobFair"
"""What an app calls the account, before its address."""


class Kind(Enum):
    """What was given as a second factor."""

    APP = auto()
    RECOVERY = auto()


def new_secret(user_id: int) -> str:
    """A secret for a user's app, encrypted. It is stored only after a first right code."""
    return sealed.seal(one_time_codes.new_secret(), _purpose(user_id))


def read_secret(user_id: int, secret: str) -> str | None:
    """The decrypted secret; None if it was made for somebody else, or elsewhere."""
    return sealed.unseal(secret, _purpose(user_id))


def set_up(
    actor: Actor, user_id: int, secret: str, code: str, sign_in_id: int
) -> list[str] | Refusal:
    """Begin to ask a user for a second factor, once the first code is right.

    Ends the user's other sign-ins. Returns the recovery codes, of which only digests are kept;
    `wrong_second_factor`, or `second_factor_is_on`.
    """
    clear = read_secret(user_id, secret)
    at = clock.now()
    step = None if clear is None else one_time_codes.step_of(clear, _cleaned(code), at)
    if step is None:
        return Refusal(RequestCode.WRONG_SECOND_FACTOR)
    with write_transaction(actor) as work:
        on = select(SecondFactor.user_id).where(SecondFactor.user_id == user_id)
        if work.connection.execute(on).first() is not None:
            return Refusal(RequestCode.SECOND_FACTOR_IS_ON)
        row = {"secret": secret, "since": work.at, "last_step": step}
        work.connection.execute(insert(SecondFactor).values(user_id=user_id, **row))
        sign_ins.end_all(work, actor, user_id, exclude=sign_in_id)
        return _put_codes(work.connection, user_id)


def new_codes(user_id: int) -> list[str]:
    """Make other recovery codes; those before are over. Empty where the second factor is off."""
    with unlocked_transaction() as connection:
        locked = update(SecondFactor).where(SecondFactor.user_id == user_id)
        same = locked.values(last_step=SecondFactor.last_step).returning(SecondFactor.user_id)
        if connection.execute(same).first() is None:
            return []
        connection.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
        return _put_codes(connection, user_id)


def use(user_id: int, code: str) -> Kind | None:
    """Use up a code of a user's app, or a recovery code. Returns which it was, None if neither."""
    typed = _cleaned(code)
    with unlocked_transaction() as connection:
        if _use_app(connection, user_id, typed):
            return Kind.APP
        return Kind.RECOVERY if _use_recovery(connection, user_id, typed) else None


def sign_in(user_id: int, code: str, device: str) -> tuple[NewSession, Kind] | Refusal:
    """Open a sign-in for a user who has given their password, and gives a code now.

    Returns `wrong_second_factor` also where the code was used before.
    """
    kind = use(user_id, code)
    if kind is None:
        return Refusal(RequestCode.WRONG_SECOND_FACTOR)
    return sign_ins.open_for(user_id, device), kind


def turn_off(actor: Actor, user_id: int, code: str, sign_in_id: int) -> Refusal | None:
    """Ask a user no longer for a second factor. Ends their other sign-ins.

    Returns `wrong_second_factor`. The caller has checked the password.
    """
    if use(user_id, code) is None:
        return Refusal(RequestCode.WRONG_SECOND_FACTOR)
    with write_transaction(actor) as work:
        remove(work, actor, user_id, exclude=sign_in_id)
    return None


def remove(work: UnitOfWork, actor: Actor, user_id: int, exclude: int | None = None) -> bool:
    """Take a second factor away within the caller's transaction, and end the user's sign-ins.

    Returns whether there was one.
    """
    gone = delete(SecondFactor).where(SecondFactor.user_id == user_id)
    found = work.connection.execute(gone.returning(SecondFactor.user_id)).first() is not None
    if found:
        sign_ins.end_all(work, actor, user_id, exclude)
    return found


def _use_app(connection: Connection, user_id: int, typed: str) -> bool:
    own = select(SecondFactor.secret).where(SecondFactor.user_id == user_id)
    secret = connection.execute(own).scalar()
    clear = None if secret is None else read_secret(user_id, secret)
    step = None if clear is None else one_time_codes.step_of(clear, typed, clock.now())
    if step is None:
        return False
    used = (
        update(SecondFactor)
        .where(SecondFactor.user_id == user_id, SecondFactor.last_step < step)
        .values(last_step=step)
        .returning(SecondFactor.user_id)
    )
    return connection.execute(used).first() is not None


def _use_recovery(connection: Connection, user_id: int, typed: str) -> bool:
    used = (
        update(RecoveryCode)
        .where(RecoveryCode.user_id == user_id, RecoveryCode.digest == _digest(user_id, typed))
        .where(RecoveryCode.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(RecoveryCode.user_id)
    )
    return connection.execute(used).first() is not None


def _put_codes(connection: Connection, user_id: int) -> list[str]:
    codes = [one_time_codes.new_recovery_code() for _ in range(RECOVERY_CODES)]
    rows = [{"user_id": user_id, "digest": _digest(user_id, _cleaned(each))} for each in codes]
    connection.execute(insert(RecoveryCode), rows)
    return codes


def _digest(user_id: int, typed: str) -> str:
    return keyed_digest(f"recovery code {user_id} {typed}")


def _cleaned(code: str) -> str:
    return one_time_codes.cleaned(code)


def _purpose(user_id: int) -> str:
    return f"second factor {user_id}"
