"""The day again: the hall at a past minute, and one stand's board at that time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.domain.state import Entry, Hall, Phase, Presence
from jobfair.exceptions import NotFound
from jobfair.fields.input.folding import folded
from jobfair.models import Company as StoredCompany
from jobfair.queries.admin import name_lookup
from jobfair.queries.projections import past_halls
from jobfair.queries.projections.company_directory import natural_order
from jobfair.wording.times import local_time

LEVELS = 4
"""Shades; a stand where nobody waits has none of them."""


@dataclass(frozen=True, slots=True)
class StandThen:
    """A stand at a moment. Of `waiting`, `called` are called, and `away` cannot be: on a break, in
    an interview elsewhere, deactivated or set aside. `level` is its shade, from 0 to LEVELS."""

    id: int
    name: str
    stand: str | None
    recruiting: bool
    slots: int
    running: int
    waiting: int
    called: int
    away: int
    level: int

    @property
    def idle(self) -> int:
        """Seats without an interview, and nobody on the way to them."""
        return max(0, self.slots - self.running - self.called)


@dataclass(frozen=True, slots=True)
class HallThen:
    """All stands at a moment, in the order of their numbers."""

    at: datetime
    phase: Phase
    stands: tuple[StandThen, ...]

    @property
    def waiting(self) -> int:
        return sum(each.waiting for each in self.stands)

    @property
    def running(self) -> int:
        return sum(each.running for each in self.stands)

    @property
    def paused(self) -> int:
        return sum(not each.recruiting for each in self.stands)

    @property
    def idle(self) -> int:
        """Idle seats of the stands that recruit, while the fair is open."""
        if self.phase is not Phase.OPEN:
            return 0
        return sum(each.idle for each in self.stands if each.recruiting)


class Stands(StrEnum):
    """The state of somebody on a stand's board, as its badge shows it."""

    RUNNING = "running"
    CALLED = "called"
    WAITING = "waiting"
    ASIDE = "aside"
    PAUSED = "paused"
    IN_INTERVIEW = "in_interview"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class RowThen:
    """Somebody on a stand's board: since when their interview ran, or they were called, or waited.

    Of an edition that is closed there is neither a name nor a time, and `entry_id` is the rank on
    the board.
    """

    entry_id: int
    name: str | None
    state: Stands
    since: datetime | None


@dataclass(frozen=True, slots=True)
class BoardThen:
    """One stand's board at a moment: who was inside, and the queue in its order."""

    stand: StandThen
    inside: tuple[RowThen, ...]
    queue: tuple[RowThen, ...]


@dataclass(frozen=True, slots=True)
class DayThen:
    """The hall at a moment, the board of the stand that was chosen, and the changes of that day:
    from the first to the last, None of a day without any."""

    hall: HallThen
    board: BoardThen | None
    first: datetime | None
    last: datetime | None


def latest() -> datetime:
    """The minute that is shown first: now or, for a past day, that of the last change."""
    now = clock.now()
    changes = past_halls.changes(datetime.min.replace(tzinfo=UTC) + timedelta(days=2), now)
    if changes is None or _day(changes[1]) == _day(now):
        return now
    return changes[1]


def day_then(moment: datetime, company_id: int | None = None) -> DayThen:
    """The hall as it was, and the board of a company. Raises NotFound where none is called so."""
    hall = past_halls.hall_at(moment)
    with read_transaction() as connection:
        columns = StoredCompany.id, StoredCompany.stand
        numbers = {row.id: row.stand for row in connection.execute(select(*columns))}
    found = shown(hall, moment, numbers)
    board = None if company_id is None else _board(hall, found, company_id)
    local = moment.astimezone(local_time.zone())
    begin = local.replace(hour=0, minute=0, second=0, microsecond=0)
    changes = past_halls.changes(begin, begin + timedelta(days=1, microseconds=-1))
    return DayThen(found, board, *(changes or (None, None)))


def shown(hall: Hall, moment: datetime, numbers: Mapping[int, str | None]) -> HallThen:
    """A replayed hall as it is shown; `numbers` are the stands' numbers by company."""
    called: Counter[int] = Counter()
    away: Counter[int] = Counter()
    for entry in hall.entries.values():
        if entry.turn is not None:
            called[entry.company_id] += 1
        elif entry.waiting and not entry.ready:
            away[entry.company_id] += 1
    most = max((each.waiting for each in hall.companies.values()), default=0)
    stands = [
        StandThen(
            each.id,
            each.name,
            numbers.get(each.id),
            each.recruiting,
            each.slots,
            each.running,
            each.waiting,
            called[each.id],
            away[each.id],
            level_of(each.waiting, most),
        )
        for each in hall.companies.values()
    ]
    return HallThen(moment, hall.phase, tuple(sorted(stands, key=by_stand)))


def board_of(hall: Hall, stand: StandThen, names: Mapping[int, str]) -> BoardThen:
    """One stand's board; `names` are its students', none of an edition that is closed."""
    entries = list(hall.entries_of(stand.id))
    running = sorted((each for each in entries if each.running), key=lambda each: each.slot or 0)
    waiting = hall.waiting_at(stand.id)
    return BoardThen(stand, _rows(running, names), _rows(waiting, names))


def _board(hall: Hall, found: HallThen, company_id: int) -> BoardThen:
    stand = next((each for each in found.stands if each.id == company_id), None)
    if stand is None:
        raise NotFound("company")
    people = {each.student_id for each in hall.entries_of(company_id) if each.live}
    with read_transaction() as connection:
        names = name_lookup.students(connection, people)
    return board_of(hall, stand, names)


def _rows(entries: Iterable[Entry], names: Mapping[int, str]) -> tuple[RowThen, ...]:
    return tuple(
        RowThen(each.id, names.get(each.student_id), state_of(each), _since(each))
        for each in entries
    )


def state_of(entry: Entry) -> Stands:
    """The state of a live entry on its stand's board."""
    if entry.running:
        return Stands.RUNNING
    if entry.turn is not None:
        return Stands.CALLED
    if entry.aside:
        return Stands.ASIDE
    return _OF_PRESENCE[entry.presence]


_OF_PRESENCE = {
    Presence.AVAILABLE: Stands.WAITING,
    Presence.PAUSED: Stands.PAUSED,
    Presence.IN_INTERVIEW: Stands.IN_INTERVIEW,
    Presence.INACTIVE: Stands.DEACTIVATED,
}


def _since(entry: Entry) -> datetime | None:
    if entry.running:
        return entry.started_at
    return entry.created_at if entry.turn is None else entry.called_at


def level_of(waiting: int, most: int) -> int:
    """The shade of a stand where this many wait; `most` is the longest queue of the hall."""
    return min(LEVELS, 1 + LEVELS * waiting // (most + 1)) if waiting else 0


def by_stand(stand: StandThen) -> tuple[object, ...]:
    """Where a stand comes in the hall: by its number, those without one last."""
    number = folded(stand.stand or "")
    return not number, natural_order(number), folded(stand.name)


def _day(moment: datetime) -> object:
    return moment.astimezone(local_time.zone()).date()
