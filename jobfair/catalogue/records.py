"""A journal row: as it is pushed, and as the audit log reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jobfair.domain.events import Event, kind
from jobfair.domain.state import EntryState


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """A journal row, as the push needs it; the columns are the table's."""

    number: int
    change: int
    kind: str
    company_id: int | None
    student_id: int | None
    entry_id: int | None
    company_name: str | None
    companies: list[int]
    data: dict[str, Any]
    at: datetime
    actor: str
    actor_id: int | None
    device: str | None = None
    key_id: int | None = None

    @property
    def by_student(self) -> bool:
        """Whether the student whom the row is about did it themself."""
        return self.actor == "student" and self.actor_id == self.student_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """A journal row with the names that its sentence needs.

    `by` is the actor's kind, `by_name` what they are called, `device` the letter of a stand's
    device, `key` what the key is called with which a program did it; names are None where nobody
    knows them any more, or where they play no part. `was` is the state that an entry was in before
    it ended, `running_since` when its interview began, if it ran. `names` are those of the other
    ids in the event: students by entry where a queue was reordered, the account by user where a
    sign-in ended.
    """

    number: int
    at: datetime
    event: Event
    by: str
    by_id: int | None
    by_name: str | None = None
    device: str | None = None
    key: str | None = None
    student_id: int | None
    student: str | None = None
    company_id: int | None
    company: str | None
    was: EntryState | None = None
    running_since: datetime | None = None
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return kind(self.event)

    @property
    def by_themself(self) -> bool:
        """Whether the student or company whom the row concerns did it."""
        own = {"student": self.student_id, "company": self.company_id}
        return self.by_id is not None and own.get(self.by) == self.by_id
