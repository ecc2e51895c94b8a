"""What the desk sees of a student: their day, and why they are not called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.domain import events
from jobfair.domain.events import Event, kind, restore
from jobfair.domain.state import Phase, StudentStatus
from jobfair.models import JournalRow, Student
from jobfair.queries import hall_codes
from jobfair.queries.admin.lists import directory
from jobfair.queries.student import places
from jobfair.queries.students import student_views
from jobfair.queries.views import Dashboard, Place, StudentView

BROKEN_OFF = "broken_off"
"""The reason of an entry whose interview was broken off; other reasons are in `AsideBecause`."""


class Keeps(StrEnum):
    """The reasons why a student is not called."""

    INACTIVE = "inactive"
    NOT_OPEN = "not_open"
    BREAK = "break"
    ELSEWHERE = "elsewhere"
    ASIDE = "aside"
    STAND_PAUSED = "stand_paused"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One such reason; `place` is set if it is about one queue, or about the interview."""

    kind: Keeps
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """When and why an entry was set aside last."""

    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Day:
    """A student's day. `code` is what their badge says; `aside` is by entry."""

    dashboard: Dashboard
    code: str
    aside: Mapping[int, SetAside]

    @property
    def set_aside(self) -> list[Place]:
        return [place for place in self.dashboard.waiting if place.aside]

    @property
    def obstacles(self) -> list[Obstacle]:
        """The reasons why they are not called, those for every queue first; empty if they wait
        nowhere."""
        return list(self._obstacles()) if self.dashboard.waiting else []

    def _obstacles(self) -> Iterator[Obstacle]:
        page = self.dashboard
        if not page.student.active:
            yield Obstacle(Keeps.INACTIVE)
        if page.phase is not Phase.OPEN:
            yield Obstacle(Keeps.NOT_OPEN)
        if page.running:
            yield Obstacle(Keeps.ELSEWHERE, page.running)
        elif page.student.status is StudentStatus.PAUSED:
            yield Obstacle(Keeps.BREAK)
        for place in page.waiting:
            if place.aside:
                yield Obstacle(Keeps.ASIDE, place)
            if not place.company.recruiting:
                yield Obstacle(Keeps.STAND_PAUSED, place)


def day(student_id: int) -> Day:
    """A student's day. Raises NotFound."""
    page = places.dashboard(student_id)
    aside = _set_aside(student_id, [place.id for place in page.waiting if place.aside])
    return Day(page, hall_codes.code(student_id), aside)


def found(search: str, limit: int) -> list[tuple[StudentView, str]]:
    """The first students whose code, name or e-mail a search finds, each with their code.

    None for a blank one.
    """
    views = with_code(search) or directory.first_students(search, limit).first
    return [(view, hall_codes.code(view.id)) for view in views[:limit]]


def with_code(typed: str) -> list[StudentView]:
    """The students with a code; there may be several if there are more than `hall_codes.CODES`."""
    remainder = hall_codes.remainder(typed)
    if remainder is None:
        return []
    with read_transaction() as connection:
        return student_views(connection, Student.id % hall_codes.CODES == remainder)


def _set_aside(student_id: int, entry_ids: Sequence[int]) -> dict[int, SetAside]:
    if not entry_ids:
        return {}
    query = (
        select(JournalRow.entry_id, JournalRow.at, JournalRow.kind, JournalRow.data)
        .where(
            JournalRow.student_id == student_id,
            JournalRow.entry_id.in_(entry_ids),
            JournalRow.kind.in_((kind(events.SetAside), kind(events.InterviewBrokenOff))),
        )
        .order_by(JournalRow.number)
    )
    with read_transaction() as connection:
        rows = connection.execute(query).all()
    # The last one of each entry.
    return {entry_id: SetAside(at, _because(restore(*row))) for entry_id, at, *row in rows}


def _because(event: Event) -> str:
    return event.reason if isinstance(event, events.SetAside) else BROKEN_OFF
