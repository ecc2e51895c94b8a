"""The school's account: which account here belongs to it, found or made at first use.

Its claims were verified before (`security.openid`). Once linked, an account is found by the
provider's own name for it, even if its address changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select

from jobfair.db.transactions import autocommit
from jobfair.domain.refusals import Refusal
from jobfair.domain.signing_up import may_sign_up_by_school
from jobfair.exceptions import RequestCode
from jobfair.models import Role, SchoolAccount, Student, User
from jobfair.queries.fair import sign_up
from jobfair.security.hashing import passwords
from jobfair.services.access import accounts, addresses, sign_ins
from jobfair.services.access.accounts import NewStudent
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction


@dataclass(frozen=True, slots=True)
class SchoolIdentity:
    """A person, as the school's account names them.

    `subject` is the provider's name for the account. `email` is None unless the provider says that
    it has verified the address. The names are empty where it does not say them. `organiser` says
    that they have the claim of organisers.
    """

    issuer: str
    subject: str
    email: str | None
    first_name: str
    last_name: str
    organiser: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """The account that the school's opens. `linked` says that it is so from now on.

    `password_ended` says that its password counts no more: somebody else may know it.
    """

    user_id: int
    linked: bool = False
    password_ended: bool = False


@dataclass(frozen=True, slots=True)
class _Account:
    """An account here. `student_id` and `active` are None for one of the team."""

    id: int
    role: Role
    password_hash: str
    password_issued_at: datetime | None
    address_confirmed_at: datetime | None
    student_id: int | None
    active: bool | None


def open_account(who: SchoolIdentity) -> Opened | Refusal:
    """The account of somebody who has proved who they are, found, or made at first use.

    Returns `account_inactive`, `school_address_of_team`, `school_address_not_verified`,
    `school_address_of_another`, `only_invited`, or `school_name_missing` where a student would be
    made who has no name.
    """
    with write_transaction(actors.SYSTEM) as work:
        user_id = _linked(work.connection, who)
        if user_id is None:
            return _first_use(work, who)
        account = _account(work.connection, User.id == user_id)
        assert account is not None
        refusal = _refusal(account, who)
        return refusal or Opened(user_id, password_ended=_end_issued_password(work, account))


def is_linked(user_id: int) -> bool:
    """Whether a user signs in with the school's account."""
    own = select(SchoolAccount.user_id).where(SchoolAccount.user_id == user_id)
    with autocommit() as connection:
        return connection.execute(own.limit(1)).first() is not None


def _first_use(work: UnitOfWork, who: SchoolIdentity) -> Opened | Refusal:
    if who.email is None:
        return Refusal(RequestCode.SCHOOL_ADDRESS_NOT_VERIFIED)
    account = _account(work.connection, User.email == who.email)
    if account is None:
        made = _make(work, who, who.email)
        if isinstance(made, Refusal):
            return made
        _link(work, who, made)
        return Opened(made, linked=True)
    refusal = _refusal(account, who)
    if refusal is None and _has_another(work.connection, account.id, who.issuer):
        refusal = Refusal(RequestCode.SCHOOL_ADDRESS_OF_ANOTHER)
    if refusal is not None:
        return refusal
    ended = _end_strangers_password(work, account)
    _link(work, who, account.id)
    return Opened(account.id, linked=True, password_ended=ended)


def _make(work: UnitOfWork, who: SchoolIdentity, email: str) -> int | Refusal:
    if who.organiser:
        return accounts.insert_user(
            work, email, passwords.NONE, Role.ADMIN, issued=False, confirmed=True
        )
    refusal = may_sign_up_by_school(sign_up.rule_of(work.connection))
    if refusal is not None:
        return refusal
    if not (who.first_name and who.last_name):
        return Refusal(RequestCode.SCHOOL_NAME_MISSING)
    new = NewStudent(email, passwords.NONE, who.first_name, who.last_name)
    made = accounts.insert_student(work, None, new, passwords.NONE, confirmed=True)
    return made if isinstance(made, Refusal) else made.user_id


def _refusal(account: _Account, who: SchoolIdentity) -> Refusal | None:
    """Why an account is not opened. One of the team's is only while the school says so."""
    if account.active is False:
        return Refusal(RequestCode.ACCOUNT_INACTIVE)
    if account.role is not Role.STUDENT and not who.organiser:
        return Refusal(RequestCode.SCHOOL_ADDRESS_OF_TEAM)
    return None


def _end_issued_password(work: UnitOfWork, account: _Account) -> bool:
    """Its owner is in without the password that somebody else has made, so it is of no more use."""
    if account.password_issued_at is None:
        return False
    _end_password(work, account)
    return True


def _end_strangers_password(work: UnitOfWork, account: _Account) -> bool:
    """At first use end a password that may be a stranger's, and every sign-in by it.

    Somebody may have registered with an address that is not theirs, and waited for its owner. Ends
    what is known to be nobody else's where the address was proved.
    """
    ended = account.address_confirmed_at is None and account.password_hash != passwords.NONE
    if ended:
        _end_password(work, account)
    else:
        ended = _end_issued_password(work, account)
    if account.student_id is not None:
        owner = actors.student(account.student_id)
        addresses.write_confirmed(work, owner, account.id, account.student_id)
    return ended


def _end_password(work: UnitOfWork, account: _Account) -> None:
    owner = sign_ins.read_actor(work.connection, account.id)
    accounts.write_password(work, owner, account.id, passwords.NONE)


def _linked(connection: Connection, who: SchoolIdentity) -> int | None:
    return connection.execute(
        select(SchoolAccount.user_id).where(
            SchoolAccount.issuer == who.issuer, SchoolAccount.subject == who.subject
        )
    ).scalar()


def _has_another(connection: Connection, user_id: int, issuer: str) -> bool:
    linked = select(SchoolAccount.subject).where(
        SchoolAccount.user_id == user_id, SchoolAccount.issuer == issuer
    )
    return connection.execute(linked).first() is not None


def _link(work: UnitOfWork, who: SchoolIdentity, user_id: int) -> None:
    work.connection.execute(
        insert(SchoolAccount).values(
            issuer=who.issuer, subject=who.subject, user_id=user_id, linked_at=work.at
        )
    )


def _account(connection: Connection, condition: ColumnElement[bool]) -> _Account | None:
    row = connection.execute(
        select(
            User.id,
            User.role,
            User.password_hash,
            User.password_issued_at,
            User.address_confirmed_at,
            Student.id,
            Student.active,
        )
        .outerjoin(Student, Student.user_id == User.id)
        .where(condition)
    ).first()
    return None if row is None else _Account(*row)
