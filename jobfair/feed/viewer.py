"""Who a stream belongs to, and what it may tell them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jobfair.catalogue.records import JournalRecord

MOST_STREAMS: Mapping[str, int] = {
    "sign_in": 8,
    "key": 8,
    "account": 20,
    "link": 50,
    "public": 500,
}
"""How many streams one holder may have open at once, by its kind. A browser needs one for all its
tabs, or one for each tab without Web Locks; a company has one link for all its devices. All
visitors who are not signed in are one holder: beyond its bound their pages ask every few seconds,
and the streams of students stay."""


def most_streams(holder: str) -> int:
    """The bound of a holder, such as `account:7`."""
    return MOST_STREAMS[holder.partition(":")[0]]


@dataclass(frozen=True, slots=True)
class QueueMembership:
    """A student's time in a company's queue, by the journal numbers of its begin and its end.

    `last` is None while it lasts.
    """

    company_id: int
    first: int
    last: int | None = None

    def covers(self, row: JournalRecord) -> bool:
        """Whether a row changed that queue while the student was in it."""
        ended = self.last is not None and row.number > self.last
        return row.company_id == self.company_id and row.number >= self.first and not ended


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who watches a stream.

    One of `student_id`, `company_id` and `is_admin` is set. The hall's screen has none of them: it
    gets only what its page shows.

    - group: the name of the stream that its client sees
    - topics: what it is subscribed to, besides the viewer's own queues
    - allowed: whether the session or link that opened the stream is still valid
    - holders: for which holders the stream counts, such as `account:7`, each with a bound; the
      hall's screen has none, because one link serves everybody
    - device: the letter of a stand's device
    - memberships: reads the queues that a student is or was in
    - has_others: the stream also serves other pages of the viewer, which may change when its
      own page does not
    - patient: no person waits for this viewer, so others are written first
    """

    group: str
    topics: tuple[str, ...]
    allowed: Callable[[], bool]
    memberships: Callable[[], tuple[QueueMembership, ...]] = tuple
    holders: tuple[str, ...] = ()
    student_id: int | None = None
    company_id: int | None = None
    device: str | None = None
    is_admin: bool = False
    has_others: bool = False
    patient: bool = False

    @property
    def kind(self) -> str:
        """The kind of viewer: student, company, admin or hall."""
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

    def is_of_another_device(self, row: JournalRecord) -> bool:
        """Whether the same stand did it, on another of its devices."""
        return (
            self.company_id is not None
            and row.actor == "company"
            and row.actor_id == self.company_id
            and row.device not in (None, self.device)
        )

    def sees_at_once(self, row: JournalRecord) -> bool:
        """Whether a row is shown at once. Students wait a moment for rows about others."""
        return not self.patient and (self.student_id is None or self.is_own(row))
