"""Signing in and staying signed in (flows 1 and 1b). Each sign-in is a row, and can be ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, or_, select, update

from jobfair import clock
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit, read_transaction, unlocked_transaction
from jobfair.domain.events import SignInEnded
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.feed import hub, journal
from jobfair.models import (
    PushSubscription,
    Role,
    SecondFactor,
    SignIn,
    Student,
    User,
)
from jobfair.security.hashing import passwords
from jobfair.services.access import issued_passwords
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

RENEWED_FOR = timedelta(days=7)
"""A sign-in lasts no longer than this, even if it is renewed all the time."""

ASKED_AGAIN_WITHIN = timedelta(seconds=30)
"""How long the refresh token that was just exchanged still gets the same answer: a program asks
again when the answer was lost, or from several threads at once."""

PROVES_FOR = timedelta(minutes=10)
"""How long a sign-in replaces the password of somebody who has none."""


@dataclass(frozen=True, slots=True)
class NewSession:
    """A sign-in opened or renewed at `at`. `refresh_id` is the id of its refresh token."""

    sign_in_id: int
    user_id: int
    refresh_id: str
    at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A valid sign-in with its user. `student_id` and the names are set for a student only."""

    sign_in_id: int
    user_id: int
    email: str
    role: Role
    student_id: int | None
    first_name: str | None
    last_name: str | None
    password_issued_at: datetime | None
    has_second_factor: bool
    has_password: bool
    signed_in_at: datetime
    expires_at: datetime

    @property
    def password_to_change(self) -> bool:
        """Whether the password is an issued one: choosing one's own then comes first."""
        return self.password_issued_at is not None

    @property
    def second_factor_to_set_up(self) -> bool:
        """Whether this account must still set up a second factor."""
        return lacks_second_factor(self.role, self.has_second_factor)


def lacks_second_factor(role: Role, has_one: bool) -> bool:
    """Whether the organisation wants a second factor of this role, and there is none."""
    wanted = current_app.config["SECOND_FACTOR"] == "required"
    return wanted and role is not Role.STUDENT and not has_one


@dataclass(frozen=True, slots=True)
class FactorWanted:
    """Nobody is signed in yet: the password was right, and the second factor is asked for."""

    user_id: int


class _Kept:
    """The students' sign-ins that were read since an account changed last."""

    def __init__(self) -> None:
        self.changes: int | None = None
        self.sessions: dict[int, Session] = {}


_kept = journal.derived(_Kept)

# Every request runs it, but for those of students whose sign-in is known.
_SESSION = CompiledStatement(
    select(
        SignIn.id,
        User.id,
        User.email,
        User.role,
        Student.id,
        Student.first_name,
        Student.last_name,
        User.password_issued_at,
        SecondFactor.user_id.is_not(None),
        User.password_hash != passwords.NONE,
        SignIn.created_at,
        SignIn.expires_at,
    )
    .join(User, User.id == SignIn.user_id)
    .outerjoin(Student, Student.user_id == User.id)
    .outerjoin(SecondFactor, SecondFactor.user_id == User.id)
    .where(SignIn.id == bindparam("sign_in_id"), SignIn.ended_at.is_(None))
    .where(SignIn.expires_at > bindparam("now"), or_(Student.id.is_(None), Student.active))
)


def sign_in(email: str, password: str, device: str) -> NewSession | FactorWanted | Refusal:
    """Open a sign-in by e-mail address and password; `device` is the User-Agent header.

    Returns FactorWanted if a second factor is needed; `wrong_credentials` without saying which of
    the two was wrong; or, if the password was right, `account_inactive` (rule 10) or
    `password_lapsed`.
    """
    account = (
        select(User.id, User.password_hash, Student.active)
        .outerjoin(Student, Student.user_id == User.id)
        .where(User.email == email)
    )
    with read_transaction() as connection:
        row = connection.execute(account).first()
    if not passwords.verify(None if row is None else row.password_hash, password) or row is None:
        return Refusal(RequestCode.WRONG_CREDENTIALS)
    if row.active is False:
        return Refusal(RequestCode.ACCOUNT_INACTIVE)
    return issued_passwords.check(row.id) or open_unless_more_is_asked(row.id, device)


def open_unless_more_is_asked(user_id: int, device: str) -> NewSession | FactorWanted:
    """Open a sign-in for a user who has given a password, unless they have a second factor."""
    own = select(SecondFactor.user_id).where(SecondFactor.user_id == user_id)
    with read_transaction() as connection:
        has_factor = connection.execute(own).first() is not None
    return FactorWanted(user_id) if has_factor else open_for(user_id, device)


def open_for(user_id: int, device: str) -> NewSession:
    """Open a sign-in for a user who has just proved who they are."""
    refresh_id = _new_refresh_id()
    with write_transaction(actors.SYSTEM) as work:
        sign_in_id = work.connection.execute(
            insert(SignIn)
            .values(
                user_id=user_id,
                refresh_id=refresh_id,
                device="".join(filter(str.isprintable, device))[:200],
                created_at=work.at,
                expires_at=work.at + _lifetime(),
                password_confirmed_at=work.at,
            )
            .returning(SignIn.id)
        ).scalar_one()
    return NewSession(sign_in_id, user_id, refresh_id, work.at, work.at + _lifetime())


def confirm(sign_in_id: int) -> None:
    """Note that the user of a sign-in has just proved again who they are."""
    with unlocked_transaction() as connection:
        connection.execute(
            update(SignIn).where(SignIn.id == sign_in_id).values(password_confirmed_at=clock.now())
        )


def session(sign_in_id: int) -> Session | None:
    """The sign-in and its user; None when it has ended or the user is deactivated.

    A student's is read once, and again after the hub has read a change of an account. Changes to
    the team are not in the journal, so the team's sign-ins are read each time.
    """
    kept, changes = _kept.get(), hub.account_changes()
    if changes is None or changes != kept.changes:
        kept.changes, kept.sessions = changes, {}
    known = kept.sessions.get(sign_in_id)
    if known is not None and known.expires_at > clock.now():
        return known
    # Kept where it was asked: if an account changes meanwhile, others are kept elsewhere.
    sessions = kept.sessions
    found = _read_session(sign_in_id)
    if changes is not None and found is not None and found.role is Role.STUDENT:
        sessions[sign_in_id] = found
    return found


def _read_session(sign_in_id: int) -> Session | None:
    with autocommit() as connection:
        row = _SESSION.row(connection, sign_in_id=sign_in_id, now=clock.now())
    return None if row is None else Session(*row)


def confirmed_at(sign_in_id: int) -> datetime | None:
    """When the user of a sign-in has last proved who they are."""
    own = select(SignIn.password_confirmed_at).where(SignIn.id == sign_in_id)
    with read_transaction() as connection:
        return connection.execute(own).scalar()


def is_recent(signed_in_at: datetime) -> bool:
    """Whether a sign-in at that time still counts as a password. The clock may have been set
    back."""
    return abs(clock.now() - signed_in_at) <= PROVES_FOR


def renew(sign_in_id: int) -> bool:
    """Let a browser's sign-in last its full time again from now.

    Returns False when it has ended, or is older than RENEWED_FOR.
    """
    with write_transaction(actors.SYSTEM) as work:
        renewed = work.connection.execute(
            update(SignIn)
            .where(SignIn.id == sign_in_id, *_renewable(work.at))
            .values(expires_at=work.at + _lifetime())
            .returning(SignIn.id)
        )
        return renewed.first() is not None


def rotate(sign_in_id: int, refresh_id: str) -> NewSession | None:
    """Exchange a refresh token's id for a new one; None when the sign-in has ended.

    The id exchanged last gets the same new one for ASKED_AGAIN_WITHIN. When an id is used again
    after that, one of the two users has stolen it: the sign-in ends.
    """
    with write_transaction(actors.SYSTEM) as work:
        row = work.connection.execute(
            select(
                SignIn.user_id, SignIn.refresh_id, SignIn.replaced_refresh_id, SignIn.rotated_at
            ).where(SignIn.id == sign_in_id, *_renewable(work.at))
        ).first()
        if row is None:
            return None
        if row.refresh_id == refresh_id:
            return _rotated(work, sign_in_id, row.user_id, refresh_id)
        # The clock may have been set back meanwhile.
        if row.replaced_refresh_id == refresh_id and (
            abs(work.at - row.rotated_at) <= ASKED_AGAIN_WITHIN
        ):
            return NewSession(
                sign_in_id,
                row.user_id,
                row.refresh_id,
                row.rotated_at,
                row.rotated_at + _lifetime(),
            )
        end_where(work, actors.SYSTEM, SignIn.id == sign_in_id)
        return None


def _rotated(work: UnitOfWork, sign_in_id: int, user_id: int, refresh_id: str) -> NewSession:
    opened = NewSession(sign_in_id, user_id, _new_refresh_id(), work.at, work.at + _lifetime())
    work.connection.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id)
        .values(
            refresh_id=opened.refresh_id,
            replaced_refresh_id=refresh_id,
            rotated_at=opened.at,
            expires_at=opened.expires_at,
        )
    )
    return opened


def end(actor: Actor, user_id: int, sign_in_id: int) -> None:
    """Sign out: the sign-in ends, and with it its open streams."""
    with write_transaction(actor) as work:
        end_where(work, actor, SignIn.id == sign_in_id, SignIn.user_id == user_id)


def end_others(actor: Actor, user_id: int, sign_in_id: int) -> None:
    """End all sign-ins of the user except this one."""
    with write_transaction(actor) as work:
        end_all(work, actor, user_id, exclude=sign_in_id)


def end_all(work: UnitOfWork, actor: Actor, user_id: int, exclude: int | None = None) -> None:
    """End a user's sign-ins, except `exclude`, within the caller's transaction."""
    end_where(work, actor, SignIn.user_id == user_id, SignIn.id != (exclude or 0))


def end_where(work: UnitOfWork, actor: Actor, *conditions: ColumnElement[bool]) -> None:
    """End the valid sign-ins that meet the conditions, and record it.

    Their browsers get no more push messages.
    """
    ended = work.connection.execute(
        update(SignIn)
        .where(*conditions, *_active(work.at))
        .values(ended_at=work.at)
        .returning(SignIn.id, SignIn.user_id)
    )
    events = tuple(SignInEnded(sign_in_id, user_id) for sign_in_id, user_id in ended)
    if events:
        ended_ids = [event.sign_in_id for event in events]
        work.connection.execute(
            delete(PushSubscription).where(PushSubscription.sign_in_id.in_(ended_ids))
        )
    work.record(actor, *events)


def actor_of(user_id: int) -> Actor:
    """The actor for a user: a student, or a member of the team. Raises NotFound."""
    with read_transaction() as connection:
        return read_actor(connection, user_id)


def read_actor(connection: Connection, user_id: int) -> Actor:
    """The same on the caller's connection."""
    own = (
        select(User.role, Student.id)
        .outerjoin(Student, Student.user_id == User.id)
        .where(User.id == user_id)
    )
    row = connection.execute(own).first()
    if row is None:
        raise NotFound("user")
    role, student_id = row
    if role is Role.STUDENT:
        return actors.student(student_id)
    return actors.member(user_id, role)


def _active(at: datetime) -> tuple[Any, ...]:
    return SignIn.ended_at.is_(None), SignIn.expires_at > at


def _renewable(at: datetime) -> tuple[Any, ...]:
    return *_active(at), SignIn.created_at > at - RENEWED_FOR


def _lifetime() -> timedelta:
    lifetime: timedelta = current_app.config["JWT_REFRESH_TOKEN_EXPIRES"]
    return lifetime


def _new_refresh_id() -> str:
    return secrets.token_urlsafe(24)
