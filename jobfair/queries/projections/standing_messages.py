"""Today's messages of the organisers that were not taken back, read once per process. Every page of
a student shows those for them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from jobfair.db.statements import CompiledStatement
from jobfair.domain.events import Audience, MessageSent, MessageWithdrawn, kind
from jobfair.feed import journal
from jobfair.models import JournalRow
from jobfair.queries.projections.projection import Projection
from jobfair.queries.views import StandingMessage
from jobfair.wording.times.local_time import midnight

_SENT, _WITHDRAWN = kind(MessageSent), kind(MessageWithdrawn)
MESSAGE_KINDS = frozenset((_SENT, _WITHDRAWN))
"""Kinds of rows that add or remove a message."""

_ROWS = CompiledStatement(
    select(
        JournalRow.number,
        JournalRow.at,
        JournalRow.kind,
        JournalRow.company_name,
        JournalRow.data,
    )
    .where(
        JournalRow.number >= bindparam("first"),
        JournalRow.number <= bindparam("until"),
        or_(JournalRow.kind == _SENT, JournalRow.kind == _WITHDRAWN),
    )
    .order_by(JournalRow.number)
)


class StandingMessages(Projection):
    """The messages that were not taken back."""

    def begin(self) -> None:
        """Be as before the first row."""
        self._until = 0
        self._standing: dict[int, StandingMessage] = {}

    def count(self, row: Any) -> None:
        """Keep a message, or remove one that was taken back."""
        number, at, name, company, data = row
        if name == _WITHDRAWN:
            self._standing.pop(data["message"], None)
        elif not data.get("withdrawn"):
            to_all = data["audience"] == Audience.EVERYONE
            students = None if to_all else frozenset(data["students"])
            self._standing[number] = StandingMessage(number, at, data["text"], company, students)

    def to_student(
        self, connection: Connection, until: int, student_id: int, read: int
    ) -> tuple[StandingMessage, ...]:
        """Those of today after the number `read` that are for a student, the latest first.

        Uses the caller's connection, as `SeatDurations.model_of` does; `until` is the journal's
        newest number.
        """
        return tuple(
            each
            for each in self._after(connection, until, read)
            if each.students is None or student_id in each.students
        )

    def to_stands(
        self, connection: Connection, until: int, read: int
    ) -> tuple[StandingMessage, ...]:
        """The same for a stand: those to everyone."""
        return tuple(each for each in self._after(connection, until, read) if each.students is None)

    def _after(self, connection: Connection, until: int, read: int) -> list[StandingMessage]:
        with self.lock:
            if until > self._until:
                self.catch_up(lambda first: _ROWS.rows(connection, first=first, until=until))
                self._until = until
            standing = [each for number, each in self._standing.items() if number > read]
        if not standing:
            return []
        morning = midnight()
        return [each for each in reversed(standing) if each.at >= morning]


shared = journal.derived(StandingMessages)
"""Those of the whole process."""
