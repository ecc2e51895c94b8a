"""What an organiser should look at now: long interviews, late calls, queues that do not move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, exists, func, select

from jobfair import clock
from jobfair.db.transactions import phase_of, read_transaction
from jobfair.domain.state import CompanyStatus, Phase, Presence
from jobfair.models import (
    RUNNING,
    WAITING,
    Company,
    Entry,
    Student,
)

LONG_INTERVIEW = timedelta(minutes=30)
LATE = timedelta(minutes=5)
"""How long a call may go unanswered."""

LATE_AT_IDLE_STAND = timedelta(minutes=3)
"""The same where nobody is in an interview: the whole stand waits."""


@dataclass(frozen=True, slots=True)
class PersonAlert:
    """Somebody at a stand, and since when."""

    entry_id: int
    since: datetime
    student_id: int
    student_name: str
    company_id: int
    company_name: str


@dataclass(frozen=True, slots=True)
class LongInterview(PersonAlert):
    """An interview has run for more than half an hour."""


@dataclass(frozen=True, slots=True)
class IdleStand(PersonAlert):
    """Nobody is in an interview there, and whoever was called first has not come."""


@dataclass(frozen=True, slots=True)
class LateCall(PersonAlert):
    """Somebody was called long ago and has not come; others are in an interview there."""


@dataclass(frozen=True, slots=True)
class StuckQueue:
    """A slot is free, students wait, and none of them can come. The counts say why not."""

    company_id: int
    company_name: str
    paused: int
    elsewhere: int
    aside: int
    inactive: int


@dataclass(frozen=True, slots=True)
class Alerts:
    """All alerts, each kind with the longest wait first."""

    idle: list[IdleStand]
    late: list[LateCall]
    long: list[LongInterview]
    stuck: list[StuckQueue]

    def __len__(self) -> int:
        return len(self.idle) + len(self.late) + len(self.long) + len(self.stuck)


def alerts() -> Alerts:
    """The alerts now. While the fair is not open there are only long interviews."""
    now = clock.now()
    with read_transaction() as connection:
        long = [
            LongInterview(*row)
            for row in _people(
                connection, Entry.started_at, RUNNING, Entry.started_at < now - LONG_INTERVIEW
            )
        ]
        if phase_of(connection) is not Phase.OPEN:
            return Alerts([], [], long, [])
        idle, late = _unanswered(connection, now)
        return Alerts(idle, late, long, _stuck(connection))


def _unanswered(connection: Connection, now: datetime) -> tuple[list[IdleStand], list[LateCall]]:
    """The oldest unanswered call of each idle stand, and all other late calls."""
    called = (Entry.turn.is_not(None), Entry.called_at < now - min(LATE, LATE_AT_IDLE_STAND))
    idle: dict[int, IdleStand] = {}
    late = []
    for row in _people(connection, Entry.called_at, *called, extra=(Company.running,)):
        *person, running = row
        stand = IdleStand(*person)
        if not running and stand.company_id not in idle:
            idle[stand.company_id] = stand
        elif stand.since < now - LATE:
            late.append(LateCall(*person))
    return list(idle.values()), late


def _people(
    connection: Connection, since: Any, *conditions: Any, extra: tuple[Any, ...] = ()
) -> Any:
    """The entries that meet the conditions, with student and company, the oldest first."""
    return connection.execute(
        select(
            Entry.id,
            since,
            Student.id,
            Student.first_name + " " + Student.last_name,
            Company.id,
            Company.name,
            *extra,
        )
        .join(Student, Student.id == Entry.student_id)
        .join(Company, Company.id == Entry.company_id)
        .where(*conditions)
        .order_by(since, Entry.id)
    )


def _stuck(connection: Connection) -> list[StuckQueue]:
    """The queues that do not move. Who can come is called (rule 9): no call means nobody can."""
    called = exists().where(Entry.company_id == Company.id, Entry.turn.is_not(None))
    standing_still = select(Company.id).where(
        Company.status == CompanyStatus.RECRUITING,
        Company.running < Company.slots,
        Company.waiting > 0,
        ~called,
    )
    rows = connection.execute(
        select(
            Company.id,
            Company.name,
            _how_many(Entry.aside.is_(False), Entry.presence == Presence.PAUSED),
            _how_many(Entry.aside.is_(False), Entry.presence == Presence.IN_INTERVIEW),
            _how_many(Entry.aside, Entry.presence != Presence.INACTIVE),
            _how_many(Entry.presence == Presence.INACTIVE),
        )
        .join(Entry, Entry.company_id == Company.id)
        .where(Company.id.in_(standing_still), WAITING)
        .group_by(Company.id, Company.name)
        .order_by(Company.waiting.desc(), Company.id)
    )
    return [StuckQueue(*row) for row in rows]


def _how_many(*conditions: Any) -> Any:
    return func.count().filter(and_(*conditions))
