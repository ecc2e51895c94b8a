"""Everything that is stored about one student, for that student."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from jobfair.db.transactions import read_transaction
from jobfair.domain.events import MessageSent, SignInEnded, kind
from jobfair.exceptions import NotFound
from jobfair.models import (
    Company,
    Entry,
    Invitation,
    JournalRow,
    SignIn,
    Student,
    User,
)

_LINKS = {"id", "user_id", "company_id"}
"""Columns that only refer to other rows."""

_BY_NAME = tuple(map(kind, (MessageSent, SignInEnded)))
"""Kinds of rows that have their student only in `data`, which has no index."""


def everything(student_id: int) -> dict[str, Any]:
    """A student's account, places, sign-ins, personal links and history, ready for JSON.

    The secrets are left out: the password's hash, and the tokens of sign-ins and links.
    Raises NotFound.
    """
    with read_transaction() as connection:
        account = connection.execute(
            select(
                User.id.label("user_id"),
                User.email,
                User.created_at,
                Student.id.label("student_id"),
                *(each for each in Student.__table__.columns if each.name not in _LINKS),
            )
            .join(Student, Student.user_id == User.id)
            .where(Student.id == student_id)
        ).first()
        if account is None:
            raise NotFound("student")
        user_id = account.user_id
        entries = connection.execute(_entries(student_id)).all()
        sign_ins = connection.execute(
            select(SignIn.device, SignIn.created_at, SignIn.expires_at, SignIn.ended_at)
            .where(SignIn.user_id == user_id)
            .order_by(SignIn.id)
        ).all()
        links = connection.execute(
            select(Invitation.created_at, Invitation.expires_at, Invitation.used_at)
            .where(Invitation.user_id == user_id)
            .order_by(Invitation.id)
        ).all()
        journal = connection.execute(_journal(student_id)).all()
    return {
        "account": _plain(account),
        "entries": [_plain(each) for each in entries],
        "sign_ins": [_plain(each) for each in sign_ins],
        "personal_links": [_plain(each) for each in links],
        "history": [
            _history_entry(each, student_id)
            for each in journal
            if _concerns(each, student_id, user_id)
        ],
    }


def _entries(student_id: int) -> Any:
    return (
        select(
            Company.name.label("company"),
            Entry.position,
            Entry.state,
            Entry.aside,
            Entry.created_at,
            Entry.called_at,
            Entry.started_at,
            Entry.completed_at,
        )
        .join(Company, Company.id == Entry.company_id)
        .where(Entry.student_id == student_id)
        .order_by(Entry.id)
    )


def _journal(student_id: int) -> Any:
    about = or_(
        JournalRow.student_id == student_id,
        and_(JournalRow.actor == "student", JournalRow.actor_id == student_id),
        JournalRow.kind.in_(_BY_NAME),
    )
    return (
        select(
            JournalRow.at,
            JournalRow.kind,
            func.coalesce(JournalRow.company_name, "").label("company"),
            JournalRow.actor.label("by"),
            JournalRow.student_id,
            JournalRow.data,
        )
        .where(about)
        .order_by(JournalRow.number)
    )


def _concerns(row: Any, student_id: int, user_id: int) -> bool:
    if row.kind == kind(SignInEnded):
        return bool(row.data["user_id"] == user_id)
    if row.kind == kind(MessageSent):
        # Only the organisers may know who else got a message.
        return row.student_id == student_id or student_id in row.data["students"]
    return True


def _history_entry(row: Any, student_id: int) -> dict[str, Any]:
    entry = _plain(row)
    entry.pop("student_id")
    if "students" in row.data:
        entry["data"] = {**row.data, "students": [student_id]}
    return entry


def _plain(row: Any) -> dict[str, Any]:
    return {name: _value(value) for name, value in row._mapping.items()}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value
