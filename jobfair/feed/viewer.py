"""Who watches a stream, and what they may hear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jobfair.feed.journal import JournalRecord


@dataclass(frozen=True, slots=True)
class QueueMembership:
    """A time in a company's queue: the journal numbers that began and ended it, if it has."""

    company_id: int
    first: int
    last: int | None = None

    def covers(self, row: JournalRecord) -> bool:
        """Whether a row of that company fell into it."""
        ended = self.last is not None and row.number > self.last
        return row.company_id == self.company_id and row.number >= self.first and not ended


@dataclass(frozen=True, slots=True)
class Viewer:
    """The one that a stream belongs to.

    One of `student_id`, `company_id` and `is_admin` is set, or none of them: the hall's screen,
    which shows what its page says and is told nothing about anybody besides. `group` is what the
    client is told it listens to; `topics` what the hub wakes it for. `spells` asks the database
    for the queues it was or is in, `allowed` whether the session or link that opened the stream
    still lives. `has_others`: it listens for other pages of the viewer's too, which may differ
    where its own does not. `patient`: there is nobody before it, whoever looks goes first.
    """

    group: str
    topics: tuple[str, ...]
    allowed: Callable[[], bool]
    spells: Callable[[], tuple[QueueMembership, ...]] = tuple
    student_id: int | None = None
    company_id: int | None = None
    is_admin: bool = False
    has_others: bool = False
    patient: bool = False

    @property
    def kind(self) -> str:
        """What it is: student, company, admin or hall."""
        if self.is_admin:
            return "admin"
        if self.is_hall:
            return "hall"
        return "company" if self.student_id is None else "student"

    @property
    def is_hall(self) -> bool:
        """Whether it is the hall's screen."""
        return self.student_id is None and self.company_id is None and not self.is_admin

    def is_own(self, row: JournalRecord) -> bool:
        """Whether a row is about the student who watches."""
        return self.student_id is not None and row.student_id == self.student_id
