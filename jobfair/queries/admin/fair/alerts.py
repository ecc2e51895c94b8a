"""Alerts for organisers: long interviews, late calls, queues that do not move, webhooks that were
paused, and queues too long for the time left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Connection, and_, exists, func, select

from jobfair import clock
from jobfair.db.transactions import phase_of, read_transaction
from jobfair.domain.events import (
    CompanyStatusChanged,
    InterviewStarted,
    SlotsChanged,
    TurnCame,
    kind,
)
from jobfair.domain.state import CompanyStatus, Phase, Presence
from jobfair.fields.access.webhooks import host_of
from jobfair.models import (
    RUNNING,
    WAITING,
    AlertTaking,
    Company,
    Entry,
    JournalRow,
    Student,
    User,
    Webhook,
)
from jobfair.queries.fair import fair_identity, forecasts
from jobfair.queries.fair.forecasts import Outlook
from jobfair.simulation.forecast import CompanyForecast
from jobfair.wording.times import local_time

LONG_INTERVIEW = timedelta(minutes=30)
LATE = timedelta(minutes=5)
"""How long a call may go unanswered."""

LATE_AT_IDLE_STAND = timedelta(minutes=3)
"""The same where nobody is in an interview: the whole stand waits."""

MOST_UNMET = 10
"""At most this many companies get the alert that many will not be met: late in the day it is so at
most stands, and what can be done about it fits on a page."""

TAKEN_FOR = timedelta(minutes=10)
"""How long an alert stays with the member of the team who took it on."""


@dataclass(frozen=True, slots=True)
class Taking:
    """The address of the person who has taken an alert on, and since when."""

    user_id: int
    email: str
    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert, and when it began. `key` is unique, and stays the same while the alert lasts."""

    kind: ClassVar[str]
    key: str
    since: datetime


@dataclass(frozen=True, slots=True)
class StandAlert(Alert):
    """The same, at which stand."""

    company_id: int
    company_name: str
    stand: str | None
    hall: str | None


@dataclass(frozen=True, slots=True)
class PersonAlert(StandAlert):
    """The same about somebody there. `others` are the calls elsewhere that they do not answer
    either: the team looks for them once."""

    entry_id: int
    student_id: int
    student_name: str
    taking: Taking | None = None
    others: tuple[PersonAlert, ...] = ()

    @property
    def calls(self) -> tuple[PersonAlert, ...]:
        """This one and the others."""
        return (self, *self.others)


@dataclass(frozen=True, slots=True)
class LongInterview(PersonAlert):
    """An interview has run for more than half an hour."""

    kind: ClassVar = "long"


@dataclass(frozen=True, slots=True)
class IdleStand(PersonAlert):
    """Nobody is in an interview there, and the student who was called first has not come."""

    kind: ClassVar = "idle"


@dataclass(frozen=True, slots=True)
class LateCall(PersonAlert):
    """Somebody was called long ago and has not come; others are in an interview there."""

    kind: ClassVar = "late"


@dataclass(frozen=True, slots=True)
class StuckQueue(StandAlert):
    """A slot is free, students wait, and none of them can come. The counts say why not.

    `since` is the last change in the queue. Where somebody is in an interview elsewhere there is
    no alert: it ends by itself.
    """

    kind: ClassVar = "stuck"
    paused: int
    aside: int
    inactive: int
    taking: Taking | None = None


@dataclass(frozen=True, slots=True)
class DeadServer(Alert):
    """A webhook's server has failed so often that it was paused; in every phase of the fair."""

    kind: ClassVar = "server"
    webhook_id: int
    host: str
    taking: Taking | None = None


@dataclass(frozen=True, slots=True)
class UnmetQueue(StandAlert):
    """By the last forecast, many of those who wait will not be met before the fair closes. `since`
    is when the forecasts began to say so. One more seat would meet `more` of them, None if too few.
    """

    kind: ClassVar = "unmet"
    waiting: int
    unmet: int
    low: int
    high: int
    more: int | None
    closes_at: datetime
    made_at: datetime
    taking: Taking | None = None


AnyAlert = LongInterview | IdleStand | LateCall | StuckQueue | DeadServer | UnmetQueue
A = TypeVar("A", LongInterview, IdleStand, LateCall, StuckQueue, DeadServer, UnmetQueue)

KINDS = ("idle", "late", "stuck", "long", "server", "unmet")
"""In the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Alerts:
    """All alerts, each kind with the longest wait first."""

    idle: list[IdleStand]
    late: list[LateCall]
    long: list[LongInterview]
    stuck: list[StuckQueue]
    dead: list[DeadServer]
    unmet: list[UnmetQueue]

    def __len__(self) -> int:
        return sum(1 for _each in self)

    def __iter__(self) -> Iterator[AnyAlert]:
        yield from self.idle
        yield from self.late
        yield from self.stuck
        yield from self.long
        yield from self.dead
        yield from self.unmet

    def joined(self) -> list[AnyAlert]:
        """The same with one alert for each person, wherever they are called."""
        calls: dict[int, list[IdleStand | LateCall]] = {}
        unanswered: list[IdleStand | LateCall] = [*self.idle, *self.late]
        for call in unanswered:
            calls.setdefault(call.student_id, []).append(call)
        people = [replace(first, others=tuple(others)) for first, *others in calls.values()]
        return [*people, *self.stuck, *self.long, *self.dead, *self.unmet]

    def worst(self, number: int) -> list[AnyAlert]:
        """The alerts of any kind that have lasted longest; those about the future come last."""
        return sorted(self.joined(), key=lambda each: (each.kind == "unmet", each.since))[:number]


def alerts() -> Alerts:
    """The alerts now. While the fair is not open: long interviews and dead servers alone."""
    with read_transaction() as connection:
        return alerts_of(connection)


def alerts_of(connection: Connection) -> Alerts:
    """The same on the caller's connection."""
    now = clock.now()
    taken = _takings(connection, now)
    running_long = (RUNNING, Entry.started_at < now - LONG_INTERVIEW)
    long = [
        LongInterview(f"interview-{entry_id}", *row)
        for entry_id, _turn, _running, *row in _people(connection, Entry.started_at, *running_long)
    ]
    dead = _with(taken, _dead(connection))
    if phase_of(connection) is not Phase.OPEN:
        return Alerts([], [], _with(taken, long), [], dead, [])
    idle, late = _unanswered(connection, now)
    stuck = _stuck(connection)
    going_on = _still_stuck(connection, taken, stuck)
    return Alerts(
        _with(taken, idle),
        _with(taken, late),
        _with(taken, long),
        _with(going_on, stuck),
        dead,
        _with(taken, _unmet(connection)),
    )


def unopened_links() -> int:
    """How many stands have not opened their link, from the fair's first morning on; 0 before.

    Such a stand may not know that anybody is called. Once the fair is closed it does not matter.
    """
    the_fair = fair_identity.current()
    begins_on = the_fair.starts_on or the_fair.ends_on
    with read_transaction() as connection:
        phase = phase_of(connection)
        is_near = begins_on is not None and local_time.today() >= begins_on
        if phase is not Phase.OPEN and not (phase is Phase.PREPARING and is_near):
            return 0
        unopened = select(func.count()).select_from(Company).where(Company.link_opened_at.is_(None))
        return connection.execute(unopened).scalar_one()


def _unanswered(connection: Connection, now: datetime) -> tuple[list[IdleStand], list[LateCall]]:
    """The oldest unanswered call of each idle stand, and all other late calls."""
    called = (Entry.turn.is_not(None), Entry.called_at < now - min(LATE, LATE_AT_IDLE_STAND))
    idle: dict[int, IdleStand] = {}
    late = []
    for _entry_id, turn, running, *row in _people(connection, Entry.called_at, *called):
        stand = IdleStand(f"call-{turn}", *row)
        if not running and stand.company_id not in idle:
            idle[stand.company_id] = stand
        elif stand.since < now - LATE:
            late.append(LateCall(stand.key, *row))
    return list(idle.values()), late


_WHERE = (Company.id, Company.name, Company.stand, Company.hall)


def _people(connection: Connection, since: Any, *conditions: Any) -> Any:
    """The entries that meet the conditions, the oldest first: what their keys and kinds depend on,
    then the fields of a PersonAlert."""
    return connection.execute(
        select(
            Entry.id,
            Entry.turn,
            Company.running,
            since,
            *_WHERE,
            Entry.id.label("entry_id"),
            Student.id,
            Student.first_name + " " + Student.last_name,
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
    changed = func.coalesce(JournalRow.at, Company.created_at, type_=JournalRow.at.type)
    busy_elsewhere = _how_many(Entry.aside.is_(False), Entry.presence == Presence.IN_INTERVIEW)
    rows = connection.execute(
        select(
            changed,
            *_WHERE,
            _how_many(Entry.aside.is_(False), Entry.presence == Presence.PAUSED),
            _how_many(Entry.aside, Entry.presence != Presence.INACTIVE),
            _how_many(Entry.presence == Presence.INACTIVE),
        )
        .join(Entry, Entry.company_id == Company.id)
        .outerjoin(JournalRow, JournalRow.number == Company.revision)
        .where(Company.id.in_(standing_still), WAITING)
        .group_by(*_WHERE, changed)
        .having(busy_elsewhere == 0)
        .order_by(changed, Company.id)
    )
    return [StuckQueue(f"queue-{row[1]}", *row) for row in rows]


def _how_many(*conditions: Any) -> Any:
    return func.count().filter(and_(*conditions))


def _dead(connection: Connection) -> list[DeadServer]:
    rows: Any = connection.execute(
        select(Webhook.id, Webhook.url, Webhook.paused_at)
        .where(Webhook.paused_at.is_not(None))
        .order_by(Webhook.paused_at, Webhook.id)
    )
    return [DeadServer(f"server-{row.id}", row.paused_at, row.id, host_of(row.url)) for row in rows]


def _unmet(connection: Connection) -> list[UnmetQueue]:
    """The companies of which the last forecast says so, and that have as many seats as then."""
    outlook = forecasts.current()
    if outlook is None:
        return []
    many = {id_: each for id_, each in outlook.companies.items() if each.since is not None}
    rows = connection.execute(
        select(*_WHERE, Company.slots).where(
            Company.id.in_(many), Company.waiting > 0, Company.has_left.is_(False)
        )
    )
    found = [
        _unmet_at((row.id, row.name, row.stand, row.hall), said.since, said.forecast, outlook)
        for row in rows
        if row.slots == (said := many[row.id]).slots and said.since is not None
    ]
    found.sort(key=lambda each: (-each.unmet, each.company_id))
    return found[:MOST_UNMET]


def _unmet_at(
    where: tuple[int, str, str | None, str | None],
    since: datetime,
    said: CompanyForecast,
    outlook: Outlook,
) -> UnmetQueue:
    more = 0 if said.more is None else round(said.more)
    return UnmetQueue(
        f"unmet-{where[0]}",
        since,
        *where,
        said.waiting,
        round(said.unmet),
        said.low,
        said.high,
        more if more > 0 else None,
        outlook.closes_at,
        outlook.made_at,
    )


def _takings(connection: Connection, now: datetime) -> dict[str, Taking]:
    """What is taken on, by the alerts' keys; alerts that are over do not matter."""
    rows: Any = connection.execute(
        select(
            AlertTaking.alert, AlertTaking.user_id, User.email, AlertTaking.at, AlertTaking.number
        )
        .join(User, User.id == AlertTaking.user_id)
        .where(AlertTaking.at > now - TAKEN_FOR)
    )
    return {key: Taking(*row) for key, *row in rows}


_MOVES = tuple(map(kind, (TurnCame, InterviewStarted, CompanyStatusChanged, SlotsChanged)))
"""Events after which a queue no longer stands still; later it may do so again."""


def _still_stuck(
    connection: Connection, taken: Mapping[str, Taking], stuck: Sequence[StuckQueue]
) -> dict[str, Taking]:
    """Those of the takings that are of this standstill, and not of one before."""
    of_queues = {each.company_id: taken[each.key] for each in stuck if each.key in taken}
    if not of_queues:
        return {}
    moves = connection.execute(
        select(JournalRow.company_id, func.max(JournalRow.number))
        .where(JournalRow.company_id.in_(of_queues), JournalRow.kind.in_(_MOVES))
        .group_by(JournalRow.company_id)
    )
    moved = {row[0]: row[1] for row in moves}
    return {
        f"queue-{company_id}": taking
        for company_id, taking in of_queues.items()
        if moved.get(company_id, 0) < taking.number
    }


def _with(taken: Mapping[str, Taking], found: list[A]) -> list[A]:
    return [replace(each, taking=taken[each.key]) if each.key in taken else each for each in found]
