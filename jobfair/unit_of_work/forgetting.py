"""What goes with a deleted student besides their own rows, which the foreign keys take along."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, func, select, update

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


def forget(connection: Connection, student_ids: Sequence[int]) -> None:
    """Delete students' accounts, and their words wherever else they stand.

    The journal keeps what happened, without the addresses and names that they had and without
    messages to them alone. Reads nothing, as its statements are sent together; each is made once,
    however many students there are.
    """
    own = [{"own": each} for each in student_ids]
    _scrub_journal(connection, student_ids)
    connection.execute(_OWN_REQUESTS, own)
    # The answers of others since they came may name them.
    since = select(func.min(User.created_at)).join(Student, Student.user_id == User.id)
    idempotency_keys.drop_responses(
        connection, since.where(Student.id.in_(student_ids)).scalar_subquery()
    )
    connection.execute(_ACCOUNTS, own)


_ACCOUNT = select(Student.user_id).where(Student.id == bindparam("own")).scalar_subquery()
_OWN_REQUESTS = delete(IdempotencyKey).where(sent_by(_ACCOUNT))
_ACCOUNTS = delete(User).where(User.id == _ACCOUNT)


def _scrub_journal(connection: Connection, student_ids: Sequence[int]) -> None:
    edited = [StudentEdited(each, {}, {}) for each in student_ids]
    messages = [
        MessageSent(Audience.STUDENT, "", student_id=each, students=(each,)) for each in student_ids
    ]
    for bare, *conditions in ((edited, ~_PASSWORD_CHANGED), (messages,)):
        scrubbed = (
            update(JournalRow)
            .where(JournalRow.student_id == bindparam("own"), *conditions)
            .where(JournalRow.kind == kind(type(bare[0])))
            .values(data=bindparam("bare"))
        )
        rows = [{"own": each.student_id, "bare": data(each)} for each in bare]
        connection.execute(scrubbed, rows)
