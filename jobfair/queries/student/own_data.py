"""Everything that is stored about one student, for that student."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from jobfair.db.transactions import read_transaction
from jobfair.domain.events import MessageSent, SignInEnded, kind
from jobfair.exceptions import NotFound
from jobfair.models import (
    Company,
    Data,
    Entry,
    Favourite,
    IdempotencyKey,
    Invitation,
    JournalRow,
    OwnNote,
    Push,
    PushSubscription,
    SchoolAccount,
    SecurityLogRow,
    SignIn,
    Student,
    User,
    sent_by,
)
from jobfair.queries.fair import fair_identity
from jobfair.wording.stored_data import STORED, sent_on

_BY_NAME = tuple(map(kind, (MessageSent, SignInEnded)))
"""Kinds of rows that have their student only in `data`, which has no index."""

_SIGN_INS = select(SignIn.id).where(SignIn.user_id == bindparam("user_id"))


def copied(model: Any) -> list[Any]:
    """The columns of a model that the copy has: those about a person that need not be left out."""
    return [
        model.__table__.c[name]
        for data, names in model.holds.items()
        if data is not Data.NOTHING and STORED[data].not_copied is None
        for name in names.split()
    ]


def _rows_of(model: Any, *more: Any) -> Any:
    return select(*more, *copied(model)).order_by(*model.__table__.primary_key)


SECTIONS: dict[str, tuple[Any, Any]] = {
    "entries": (
        Entry,
        _rows_of(Entry, Company.name.label("company"))
        .join(Company, Company.id == Entry.company_id)
        .where(Entry.student_id == bindparam("student_id")),
    ),
    "favourites": (
        Favourite,
        _rows_of(Favourite, Company.name.label("company"))
        .join(Company, Company.id == Favourite.company_id)
        .where(Favourite.student_id == bindparam("student_id")),
    ),
    "own_notes": (
        OwnNote,
        _rows_of(OwnNote, Company.name.label("company"))
        .join(Company, Company.id == OwnNote.company_id)
        .where(OwnNote.student_id == bindparam("student_id")),
    ),
    "sign_ins": (SignIn, _rows_of(SignIn).where(SignIn.id.in_(_SIGN_INS))),
    "security_log": (
        SecurityLogRow,
        _rows_of(SecurityLogRow).where(SecurityLogRow.user_id == bindparam("user_id")),
    ),
    "school_accounts": (
        SchoolAccount,
        _rows_of(SchoolAccount).where(SchoolAccount.user_id == bindparam("user_id")),
    ),
    "personal_links": (
        Invitation,
        _rows_of(Invitation).where(Invitation.user_id == bindparam("user_id")),
    ),
    "push_subscriptions": (
        PushSubscription,
        _rows_of(PushSubscription).where(PushSubscription.sign_in_id.in_(_SIGN_INS)),
    ),
    "pushes": (
        Push,
        _rows_of(Push)
        .join(PushSubscription, PushSubscription.id == Push.subscription_id)
        .where(PushSubscription.sign_in_id.in_(_SIGN_INS)),
    ),
    "requests": (
        IdempotencyKey,
        _rows_of(IdempotencyKey).where(sent_by(bindparam("user_id"))),
    ),
}
"""The parts of the copy that are rows of one model, and the query for them."""


def everything(student_id: int) -> dict[str, Any]:
    """What is stored about a student, ready for JSON.

    `fair` is the fair's name; `about` explains the data, what is left out and why, and who else
    gets data. Raises NotFound.
    """
    account = (
        select(
            User.id.label("user_id"),
            Student.id.label("student_id"),
            *copied(User),
            *copied(Student),
        )
        .join(Student, Student.user_id == User.id)
        .where(Student.id == student_id)
    )
    with read_transaction() as connection:
        found = connection.execute(account).first()
        if found is None:
            raise NotFound("student")
        own = {"student_id": student_id, "user_id": found.user_id}
        sections = {
            name: [_plain(each) for each in connection.execute(query, own)]
            for name, (_model, query) in SECTIONS.items()
        }
        journal = connection.execute(_journal(student_id)).all()
    history = [
        _history_entry(each, student_id)
        for each in journal
        if _concerns(each, student_id, found.user_id)
    ]
    return {
        "fair": fair_identity.current().title,
        "about": _about(),
        "account": _plain(found),
        **sections,
        "history": history,
    }


def _about() -> dict[str, list[str]]:
    return {
        "stored": [f"{each.what}: {each.why}" for each in STORED.values()],
        "not_in_this_copy": [
            f"{each.what}: {each.not_copied}" for each in STORED.values() if each.not_copied
        ],
        "sent_on": [f"{each.what}: {each.why}" for each in sent_on()],
    }


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
