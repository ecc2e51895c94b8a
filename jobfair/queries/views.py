"""The values that pages, JSON and streams show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jobfair.domain.state import CompanyStatus, EntryState, Phase, Presence, StudentStatus
from jobfair.domain.waiting_time import Range


@dataclass(frozen=True, slots=True)
class CompanyView:
    """A stand as everybody sees it. `revision` is the last journal number that changed it."""

    id: int
    name: str
    stand: str | None
    status: CompanyStatus
    queue_open: bool
    slots: int
    queue_limit: int | None
    waiting: int
    running: int
    revision: int = field(default=0, compare=False)

    @property
    def free_slots(self) -> int:
        return max(0, self.slots - self.running)

    @property
    def full(self) -> bool:
        return self.queue_limit is not None and self.waiting >= self.queue_limit

    @property
    def recruiting(self) -> bool:
        return self.status is CompanyStatus.RECRUITING


@dataclass(frozen=True, slots=True)
class StudentView:
    """A person and what they are doing; `company` is (id, name) of where they are in one."""

    id: int
    user_id: int
    email: str
    first_name: str
    last_name: str
    status: StudentStatus
    active: bool
    company: tuple[int, str] | None = None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Place:
    """A student's own entry.

    `ahead` counts the waiting entries before it; `after` is the first name of whom they follow
    when they are next in line; `wait` is the minutes until it would be their turn, from and to.
    """

    id: int
    company: CompanyView
    position: int
    state: EntryState
    aside: bool
    presence: Presence
    turn: int | None
    ahead: int
    after: str | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    wait: Range | None = None

    @property
    def can_start(self) -> bool:
        return self.turn is not None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that a student's own page shows.

    `hall_code` is what they are called by on the hall's screen, while it shows codes.
    """

    student: StudentView
    phase: Phase
    places: tuple[Place, ...]
    hall_code: str | None = None

    @property
    def turns(self) -> list[Place]:
        """The entries that may start now, the longest called first."""
        return sorted((p for p in self.places if p.turn), key=lambda place: place.turn or 0)

    @property
    def running(self) -> Place | None:
        return next((p for p in self.places if p.state is EntryState.RUNNING), None)

    @property
    def waiting(self) -> list[Place]:
        """Waiting entries: who is called, who has to say «Je suis là», then the nearest first."""
        waiting = [p for p in self.places if p.state is EntryState.WAITING]
        return sorted(waiting, key=lambda p: (not p.can_start, not p.aside, p.ahead, p.id))

    @property
    def done(self) -> list[Place]:
        """Done entries, the latest first."""
        done = [p for p in self.places if p.state is EntryState.DONE]
        return sorted(done, key=lambda p: (p.completed_at or p.created_at, p.id), reverse=True)


@dataclass(frozen=True, slots=True)
class Listing:
    """The companies a student may join, and those where they have a place already.

    `waits` says by company how long somebody would wait who joined now, where that is known.
    """

    dashboard: Dashboard
    companies: tuple[tuple[CompanyView, Place | None], ...]
    waits: Mapping[int, Range]

    @property
    def student(self) -> StudentView:
        return self.dashboard.student

    @property
    def phase(self) -> Phase:
        return self.dashboard.phase


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as its company sees it."""

    id: int
    position: int
    state: EntryState
    aside: bool
    presence: Presence
    turn: int | None
    student_id: int
    first_name: str
    last_name: str
    student_status: StudentStatus
    created_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None

    @property
    def active(self) -> bool:
        return self.presence is not Presence.INACTIVE

    @property
    def greyed(self) -> bool:
        return self.state is EntryState.WAITING and self.presence is not Presence.AVAILABLE

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Stand:
    """A company's dashboard. Of a long queue only the head is here; counts are of all."""

    company: CompanyView
    phase: Phase
    in_interview: tuple[Row, ...]
    waiting: tuple[Row, ...]
    done: tuple[Row, ...]
    done_count: int
    callable_count: int

    @property
    def more_waiting(self) -> int:
        """Waiting entries beyond those shown."""
        return self.company.waiting - len(self.waiting)

    @property
    def more_done(self) -> int:
        return self.done_count - len(self.done)
