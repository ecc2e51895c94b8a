"""The organisers' messages, and the notifications of a student today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from jobfair.catalogue import student_lines
from jobfair.catalogue.records import AuditEntry
from jobfair.catalogue.student_lines import NOTIFIED, Line
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit, read_transaction
from jobfair.domain.events import Audience, Event, MessageSent, kind, restore
from jobfair.exceptions import NotFound
from jobfair.models import Company, Fair, JournalRow, Student
from jobfair.queries.projections import standing_messages
from jobfair.queries.views import StandingMessage
from jobfair.wording.times.local_time import midnight

SHOWN = 100

MESSAGE = kind(MessageSent)


@dataclass(frozen=True, slots=True)
class Message:
    """A message, for whom and when. A name is None for what was deleted or is not concerned."""

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
    def withdrawn(self) -> bool:
        """Whether it was taken back."""
        return bool(self.data.get("withdrawn"))

    @property
    def told(self) -> int:
        """How many students it was sent to; 0 for a message to everyone."""
        return len(self.data["students"])


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
)
_STAND = CompiledStatement(
    select(Company.messages_read, select(Fair.revision).scalar_subquery()).where(
        Company.id == bindparam("company_id")
    )
)


def sent() -> list[Message]:
    """The organisers' messages, the latest first."""
    with read_transaction() as connection:
        return [Message(*row) for row in connection.execute(_SENT.limit(SHOWN))]


def message(number: int) -> Message:
    """One of them, by its journal number. Raises NotFound."""
    with read_transaction() as connection:
        row = connection.execute(_SENT.where(JournalRow.number == number)).one_or_none()
    if row is None:
        raise NotFound("message")
    return Message(*row)


def of_alarm() -> Message | None:
    """The message that told everyone why all is paused, while it stands."""
    return next(
        (each for each in sent() if each.data.get("alarm") and not each.withdrawn),
        None,
    )


def standing_at(company_id: int) -> tuple[StandingMessage, ...]:
    """The messages of today that a stand has not put away, the latest first. Raises NotFound."""
    with autocommit() as connection:
        row = _STAND.row(connection, company_id=company_id)
        if row is None:
            raise NotFound("company")
        read, revision = row
        return standing_messages.shared.get().to_stands(connection, revision, read)


def notifications(student_id: int) -> list[Line]:
    """A student's notifications of today, the latest first, without their own actions."""
    about_them = and_(JournalRow.student_id == student_id, JournalRow.kind.in_(NOTIFIED))
    to_several = and_(JournalRow.student_id.is_(None), JournalRow.kind == MESSAGE)
    query = (
        select(
            JournalRow.number,
            JournalRow.at,
            JournalRow.kind,
            JournalRow.actor,
            JournalRow.actor_id,
            JournalRow.student_id,
            JournalRow.company_id,
            JournalRow.company_name,
            JournalRow.data,
        )
        .where(or_(about_them, to_several), JournalRow.at >= midnight())
        .order_by(JournalRow.number.desc())
    )
    with read_transaction() as connection:
        entries = [_entry(row) for row in connection.execute(query)]
    return student_lines.notifications(
        [entry for entry in entries if _is_for(student_id, entry.event)][:SHOWN]
    )


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(
        number=row.number,
        at=row.at,
        event=restore(row.kind, row.data),
        by=row.actor,
        by_id=row.actor_id,
        student_id=row.student_id,
        company_id=row.company_id,
        company=row.company_name,
    )


def _is_for(student_id: int, event: Event) -> bool:
    if not isinstance(event, MessageSent):
        return True
    if event.withdrawn:
        return False
    return event.audience == Audience.EVERYONE or student_id in event.students
