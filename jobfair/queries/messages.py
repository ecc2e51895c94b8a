"""What the organisers have said, and what has happened to a student today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from jobfair import clock
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit, read_transaction
from jobfair.domain.events import Audience, MessageSent, kind
from jobfair.models import JournalRow, Student
from jobfair.wording.local_time import zone

SHOWN = 100

MESSAGE = kind(MessageSent)


@dataclass(frozen=True, slots=True)
class Message:
    """What was said, to whom and when. A name is None when it is no more, or plays no part."""

    number: int
    at: datetime
    company_id: int | None
    company_name: str | None
    student_id: int | None
    student_name: str | None
    data: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.data["text"])

    @property
    def audience(self) -> Audience:
        return Audience(self.data["audience"])

    @property
    def told(self) -> int:
        """How many students it was said to by name; 0 when it was said to everyone."""
        return len(self.data["students"])


@dataclass(frozen=True, slots=True)
class Notice:
    """A journal row that concerns a student; `own`: they did it themself."""

    number: int
    at: datetime
    kind: str
    company_name: str | None
    data: dict[str, Any]
    own: bool


_SENT = (
    select(
        JournalRow.number,
        JournalRow.at,
        JournalRow.company_id,
        JournalRow.company_name,
        JournalRow.student_id,
        Student.first_name + " " + Student.last_name,
        JournalRow.data,
    )
    .outerjoin(Student, Student.id == JournalRow.student_id)
    .where(JournalRow.kind == MESSAGE)
    .order_by(JournalRow.number.desc())
    .limit(SHOWN)
)
# Whose student and company are both unknown is few rows, and an index leads to them.
_TO_EVERYONE = CompiledStatement(
    _SENT.where(
        JournalRow.student_id.is_(None),
        JournalRow.company_id.is_(None),
        JournalRow.at >= bindparam("since"),
    ).limit(1)
)


def sent() -> list[Message]:
    """The organisers' messages, the latest first."""
    with read_transaction() as connection:
        return [Message(*row) for row in connection.execute(_SENT)]


def latest_to_everyone() -> Message | None:
    """The last thing that the organisers have said today to everyone, stands included."""
    with autocommit() as connection:
        row = _TO_EVERYONE.row(connection, since=_midnight())
    return Message(*row) if row else None


def notices(student_id: int, kinds: Collection[str]) -> list[Notice]:
    """Today's rows of these kinds about a student, and what they were told among others.

    The latest first.
    """
    about_them = and_(JournalRow.student_id == student_id, JournalRow.kind.in_(kinds))
    to_several = and_(JournalRow.student_id.is_(None), JournalRow.kind == MESSAGE)
    own = and_(JournalRow.actor == "student", JournalRow.actor_id == student_id)
    query = (
        select(
            JournalRow.number,
            JournalRow.at,
            JournalRow.kind,
            JournalRow.company_name,
            JournalRow.data,
            func.coalesce(own, False),
        )
        .where(or_(about_them, to_several), JournalRow.at >= _midnight())
        .order_by(JournalRow.number.desc())
    )
    with read_transaction() as connection:
        rows = [Notice(*row) for row in connection.execute(query)]
    return [row for row in rows if row.kind != MESSAGE or _is_told(row, student_id)][:SHOWN]


def _is_told(message: Notice, student_id: int) -> bool:
    data = message.data
    return data["audience"] == Audience.EVERYONE or student_id in data["students"]


def _midnight() -> datetime:
    today = clock.now().astimezone(zone())
    return today.replace(hour=0, minute=0, second=0, microsecond=0)
