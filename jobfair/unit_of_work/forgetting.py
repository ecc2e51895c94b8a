"""What goes with a deleted student besides their own rows, which the foreign keys take along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select, update

from jobfair.domain.events import (
    Audience,
    MessageSent,
    StudentEdited,
    data,
    kind,
)
from jobfair.models import IdempotencyKey, JournalRow, Student, User, sent_by
from jobfair.unit_of_work import idempotency_keys

_PASSWORD_CHANGED = JournalRow.data[("after", "password")].as_string().is_not(None)


def forget(connection: Connection, student_id: int) -> None:
    """Delete a student's account, and their words wherever else they stand.

    The journal keeps what happened, without the addresses and names that they had and without
    messages to them alone. Reads nothing, as its statements are sent together.
    """
    account = select(Student.user_id).where(Student.id == student_id).scalar_subquery()
    _scrub_journal(connection, student_id)
    _drop_answers(connection, account)
    connection.execute(delete(User).where(User.id == account))


def _scrub_journal(connection: Connection, student_id: int) -> None:
    edited = StudentEdited(student_id, {}, {})
    message = MessageSent(Audience.STUDENT, "", student_id=student_id, students=(student_id,))
    for bare, *conditions in ((edited, ~_PASSWORD_CHANGED), (message,)):
        connection.execute(
            update(JournalRow)
            .where(JournalRow.student_id == student_id, JournalRow.kind == kind(bare), *conditions)
            .values(data=data(bare))
        )


def _drop_answers(connection: Connection, account: Any) -> None:
    """Their own requests go; the answers of others since they came may name them."""
    connection.execute(delete(IdempotencyKey).where(sent_by(account)))
    since = select(User.created_at).where(User.id == account).scalar_subquery()
    idempotency_keys.drop_responses(connection, since)
