"""What a student sees: their places, their turns, the companies they may join."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, select

from jobfair import clock
from jobfair.catalogue.records import JournalRecord
from jobfair.db.statements import CompiledStatement, Row
from jobfair.db.transactions import autocommit, call_length
from jobfair.domain.state import CompanyStatus, EntryState, ScreenNames
from jobfair.domain.waiting_time import WaitBehind
from jobfair.exceptions import NotFound
from jobfair.feed.viewer import QueueMembership
from jobfair.models import (
    NOT_LEFT,
    Company,
    Entry,
    Fair,
    MapPlace,
    Student,
    map_of_company,
)
from jobfair.queries import hall_codes
from jobfair.queries.fair import forecasts
from jobfair.queries.fair.forecasts import Outlook
from jobfair.queries.projections import queue_snapshots, standing_messages
from jobfair.queries.projections.queue_snapshots import QueueSnapshot
from jobfair.queries.projections.standing_messages import MESSAGE_KINDS
from jobfair.queries.students import ONE_STUDENT, student_from
from jobfair.queries.views import (
    COMPANY_COLUMNS,
    OWN_FIELDS,
    CompanyView,
    Dashboard,
    Place,
    StandingMessage,
)

_OWN = [Entry.__table__.c[name] for name in Place._fields[:OWN_FIELDS]]
_MEMBERSHIPS = CompiledStatement(
    select(Entry.company_id, Entry.id, Entry.ended).where(
        Entry.student_id == bindparam("student_id")
    )
)
_PLACE = CompiledStatement(
    select(*_OWN, *COMPANY_COLUMNS)
    .join(Company, Company.id == Entry.company_id)
    .where(Entry.id == bindparam("entry_id"))
)
_RECRUITS = select(Company.id).where(Company.status == CompanyStatus.RECRUITING).exists()
_PAUSED_WITH_ALL = select(Company.id).where(Company.paused_with_all).exists()
_BESIDE = (
    Student.messages_read,
    select(Fair.phase).scalar_subquery(),
    select(Fair.revision).scalar_subquery(),
    # In this order: while any company recruits, one row of them is read.
    case((_RECRUITS, False), else_=_PAUSED_WITH_ALL),
    select(Fair.id)
    .where(Fair.screen_token.is_not(None), Fair.screen_names == ScreenNames.CODES)
    .exists(),
    select(Fair.call_minutes).scalar_subquery(),
    select(Fair.calls_last_since).scalar_subquery(),
)
# One row for each place, or one row without a place. Two statements would need a transaction
# around them, to read the same moment.
_DASHBOARD = CompiledStatement(
    ONE_STUDENT.add_columns(*_BESIDE, *_OWN, *COMPANY_COLUMNS)
    .outerjoin(Entry, (Entry.student_id == Student.id) & NOT_LEFT)
    .outerjoin(Company, Company.id == Entry.company_id)
    .order_by(Entry.id)
)
_STUDENT_WIDE = len(ONE_STUDENT.selected_columns)
_ON_MAP = CompiledStatement(
    select(Entry.company_id)
    .join(Company, Company.id == Entry.company_id)
    .join(MapPlace, MapPlace.company_id == Company.id)
    .where(
        Entry.student_id == bindparam("student_id"),
        Entry.turn.is_not(None),
        MapPlace.hall == map_of_company(),
    )
)
SnapshotOf = Callable[[CompanyView], QueueSnapshot | None]


def dashboard(student_id: int) -> Dashboard:
    """A student's own page. Raises NotFound."""
    with autocommit() as connection:
        rows = _DASHBOARD.rows(connection, student_id=student_id)
        said = _messages(connection, rows)
    page = _dashboard(rows, said, _shared_snapshot)
    if not page.turns:
        return page
    with autocommit() as connection:
        return _with_maps(connection, page)


def dashboard_of(connection: Connection, student_id: int) -> Dashboard:
    """The same on the caller's connection, in whose transaction more is read. Raises NotFound."""
    rows = _DASHBOARD.rows(connection, student_id=student_id)
    shared = queue_snapshots.shared.get()
    said = _messages(connection, rows)
    page = _dashboard(rows, said, lambda company: shared.of(connection, company))
    return _with_maps(connection, page) if page.turns else page


def place(entry_id: int) -> Place:
    """One entry as its student sees it. Raises NotFound."""
    with autocommit() as connection:
        row = _PLACE.row(connection, entry_id=entry_id)
    if row is None:
        raise NotFound("entry")
    return _with_snapshot(_from_row(row), _shared_snapshot, clock.now())


def wait_behind(company_id: int) -> WaitBehind | None:
    """What a student who joins this queue now is told of the wait; None when there is no such
    company.

    Everything is read here, so that a call of it under the fair's lock reads nothing.
    """
    snapshot, now = queue_snapshots.shared.get().now(company_id), clock.now()
    if snapshot is None:
        return None
    return lambda waiting: snapshot.wait_of_a_newcomer(now, waiting)


def memberships(student_id: int) -> tuple[QueueMembership, ...]:
    """Every queue that a student is or was in, with the journal numbers of begin and end."""
    with autocommit() as connection:
        rows = _MEMBERSHIPS.rows(connection, student_id=student_id)
    return tuple(QueueMembership(*row) for row in rows)


class Moves:
    """The effect of journal rows on the places of all who wait, computed once for all of them.

    Uses the snapshots that all viewers of a queue share. `students` are those whom the rows are
    about, `is_general` says that a row changes more than places.
    """

    def __init__(self, rows: Sequence[JournalRecord]) -> None:
        self.students = {row.student_id for row in rows}
        self.is_general = any(map(_is_general, rows))
        self._number = {company_id: row.number for row in rows for company_id in row.companies}
        self._shared = queue_snapshots.shared.get()
        self._now = clock.now()
        self._outlook = forecasts.current()

    def refreshed(self, place: Place) -> Place:
        """The same place after only other students' entries changed.

        Its waiting time changes also where nothing else does, as time passes. Returns `place`
        itself if nothing has changed.
        """
        company = place.company
        number = self._number.get(company.id)
        if number is None:
            snapshot = self._shared.latest(company)
        else:
            snapshot = self._shared.since(company.id, number)
        if snapshot is None:
            return place
        return _updated(place, snapshot, self._now, self._outlook)


def _messages(connection: Connection, rows: Sequence[Row]) -> tuple[StandingMessage, ...]:
    """The messages for the student whose rows these are. Raises NotFound."""
    if not rows:
        raise NotFound("student")
    student_id, (read, _, revision, *_) = rows[0][0], rows[0][_STUDENT_WIDE:]
    shared = standing_messages.shared.get()
    return shared.to_student(connection, revision, student_id, read)


def _is_general(row: JournalRecord) -> bool:
    """Whether it is about no company, says something to people, or pauses all companies."""
    return row.company_id is None or row.kind in MESSAGE_KINDS or bool(row.data.get("with_all"))


def _dashboard(
    rows: Sequence[Row], said: tuple[StandingMessage, ...], snapshot_of: SnapshotOf
) -> Dashboard:
    places_from = _STUDENT_WIDE + len(_BESIDE)
    _, phase, _, all_paused, codes_shown, *length = rows[0][_STUDENT_WIDE:places_from]
    student, now = student_from(rows[0][:_STUDENT_WIDE]), clock.now()
    own = [row[places_from:] for row in rows if row[places_from] is not None]
    return Dashboard(
        student,
        phase,
        tuple(_with_snapshot(_from_row(row), snapshot_of, now) for row in own),
        call_length=call_length(*length),
        hall_code=hall_codes.code(student.id) if codes_shown else None,
        all_paused=bool(all_paused),
        messages=said,
    )


def _with_maps(connection: Connection, page: Dashboard) -> Dashboard:
    """The page of one who is called, with which of the stands that call are on a map."""
    found = _ON_MAP.rows(connection, student_id=page.student.id)
    return page._replace(on_map=frozenset(company_id for (company_id,) in found))


def _with_snapshot(place: Place, snapshot_of: SnapshotOf, now: datetime) -> Place:
    if place.state is not EntryState.WAITING:
        return place
    snapshot = snapshot_of(place.company)
    return place if snapshot is None else _updated(place, snapshot, now, forecasts.current())


def _shared_snapshot(company: CompanyView) -> QueueSnapshot | None:
    return queue_snapshots.shared.get().since(company.id, company.revision)


def _from_row(row: Row) -> Place:
    return Place._make(
        (*row[:OWN_FIELDS], CompanyView(*row[OWN_FIELDS:]), 0, None, None, None, False)
    )


def _updated(
    place: Place, snapshot: QueueSnapshot, now: datetime, outlook: Outlook | None
) -> Place:
    company, ahead = snapshot.company, snapshot.ahead.get(place.id)
    total: int | None
    total, after, wait, unsaid = place.ahead, place.after, place.wait, place.unsaid
    unlikely = outlook is not None and outlook.is_unlikely(place, company)
    if place.state is EntryState.WAITING:
        total, after = 0 if ahead is None else ahead.total, snapshot.after_whom(place.id)
        if place.position is None:
            total = None
        waits = not (place.can_start or place.aside)
        wait = snapshot.wait(ahead, now) if waits else None
        unsaid = snapshot.unsaid(ahead, now) if waits and wait is None else None
    # The very same, as an equal one may be of another revision.
    queued = total, after, wait, unsaid, unlikely
    if place[OWN_FIELDS + 1 :] == queued and place.company is company:
        return place
    return place.moved(company, *queued)
