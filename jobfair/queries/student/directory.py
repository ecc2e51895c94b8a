"""A student's list of the companies: searched, filtered, sorted, and shown from its start.

All of it is looked up in what the process has read (`projections.company_directory`); only the
student's own places and favourites, and the queues whose wait is shown, are read for each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from sqlalchemy import Connection, bindparam, select

from jobfair import clock
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import phase_of, read_transaction
from jobfair.domain.state import Phase
from jobfair.domain.waiting_time import Range
from jobfair.exceptions import NotFound
from jobfair.fields.folding import folded
from jobfair.models import Favourite, OwnNote
from jobfair.queries.projections import company_directory, queue_snapshots
from jobfair.queries.projections.company_directory import (
    NEVER,
    Choices,
    Listed,
    searchable,
)
from jobfair.queries.student import places
from jobfair.queries.views import CompanyProfile, CompanyView, Dashboard, Place

LITTLE_WAIT_MINUTES = 20
"""What «little wait» is: nobody waits, or the middle of the estimated wait is within so many
minutes. An estimate's end alone is far off even where three people wait."""

SHOWN_AT_FIRST = 15
"""Two screens of a phone: each further row costs a slow one a millisecond at every key."""
SHOWN_AT_MOST = 1000

SHORT = "short"
"""The value of `wait` that asks for little wait."""


class Sort(StrEnum):
    """What the list is sorted by."""

    NAME = "name"
    WAIT = "wait"
    STAND = "stand"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a student has chosen on the page, as its address says it; empty where nothing is."""

    q: str = ""
    sector: str = ""
    looking_for: str = ""
    hall: str = ""
    wait: str = ""
    favourites: bool = False
    sort: str = Sort.NAME
    shown: int = SHOWN_AT_FIRST

    @property
    def by_wait(self) -> bool:
        """Whether the list depends on waits: it would be another one after each change."""
        return self.wait == SHORT or self.sort == Sort.WAIT

    @property
    def filters(self) -> int:
        """How many of the filters that are chosen from lists narrow it."""
        return sum(map(bool, (self.sector, self.looking_for, self.hall)))

    @property
    def narrows(self) -> bool:
        """Whether it may leave companies out."""
        given = (self.q, self.sector, self.looking_for, self.hall, self.wait, self.favourites)
        return any(given)

    def query(self, **changes: object) -> str:
        """The query of an address that says it, with these changes; empty where nothing is."""
        default, chosen = asdict(Chosen()), asdict(self) | changes
        said = {
            name: "1" if value is True else value
            for name, value in chosen.items()
            if value != default[name]
        }
        return f"?{urlencode(said)}" if said else ""


class Row(NamedTuple):
    """A company in a student's list. `wait` is for one who joins now, where it is known."""

    company: CompanyView
    profile: CompanyProfile
    place: Place | None
    wait: Range | None
    favourite: bool

    @property
    def joinable(self) -> bool:
        """Whether its queue takes somebody now, as far as the company decides it."""
        return takes_somebody(self.company)

    @property
    def nobody_waits(self) -> bool:
        """Whether one who joins now would be the first in line."""
        return self.joinable and not self.company.waiting

    @property
    def order_by_wait(self) -> tuple[int, float]:
        """Nobody in line and a seat free; then by the estimate's end; then by how many wait for
        each seat; last those that take nobody."""
        company = self.company
        if not self.joinable:
            return 3, 0
        if not company.waiting and company.free_slots:
            return 0, 0
        if self.wait is not None:
            return 1, self.wait[1]
        return 2, company.waiting / company.slots


@dataclass(frozen=True, slots=True)
class Directory:
    """The list as it is shown: its first rows, how many there are, what was chosen, and from what
    it can be."""

    dashboard: Dashboard
    chosen: Chosen
    choices: Choices
    rows: tuple[Row, ...]
    total: int

    @property
    def phase(self) -> Phase:
        return self.dashboard.phase

    @property
    def more(self) -> int:
        """How many rows come after those shown."""
        return self.total - len(self.rows)

    @property
    def little_wait(self) -> int:
        """What «little wait» is, in minutes."""
        return LITTLE_WAIT_MINUTES

    @property
    def by_hall(self) -> bool:
        """Whether the rows stand under the names of their halls."""
        return self.chosen.sort == Sort.STAND and not searchable(self.chosen.q)

    @property
    def halls(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """The rows as they stand in the halls, where that is their order; else all under «»."""
        if not self.by_hall:
            return (("", self.rows),)
        groups = (tuple(rows) for _, rows in groupby(self.rows, _hall))
        return tuple((rows[0].company.hall or "", rows) for rows in groups)


@dataclass(frozen=True, slots=True)
class Day:
    """A student's plan. `free` are favourites where nobody waits now, `later` the other ones.

    `met` are the companies that they have met or are meeting; `notes` are their own, by company.
    """

    dashboard: Dashboard
    waiting: tuple[Row, ...]
    free: tuple[Row, ...]
    later: tuple[Row, ...]
    met: tuple[Row, ...]
    notes: Mapping[int, str]


def takes_somebody(company: CompanyView) -> bool:
    """Whether a company's queue takes somebody now."""
    return company.recruiting and company.queue_open and not company.full


def directory(student_id: int, chosen: Chosen) -> Directory:
    """The companies that match what was chosen, in that order.

    Shows the recruiting ones, and the paused ones where the student has a place (rule 8). Raises
    NotFound for an unknown student.
    """
    with read_transaction() as connection:
        seen = _read(connection, student_id)
        found = _found(seen.visible(), chosen, seen.favourites)
        if chosen.by_wait:
            found = _by_wait(connection, seen, found, chosen)
        shown = found[: max(1, min(chosen.shown, SHOWN_AT_MOST))]
        rows = tuple(seen.row(connection, each) for each in shown)
    return Directory(seen.dashboard, chosen, seen.choices, rows, len(found))


def refreshed(before: Directory) -> Directory:
    """The same list now. One that depends on waits keeps its rows in their order, but for those
    that may no longer be shown. Raises NotFound."""
    student_id, chosen = before.dashboard.student.id, before.chosen
    if not chosen.by_wait:
        return directory(student_id, chosen)
    with read_transaction() as connection:
        seen = _read(connection, student_id)
        visible = {each.company.id: each for each in seen.visible()}
        ids = [row.company.id for row in before.rows if row.company.id in visible]
        rows = tuple(seen.row(connection, visible[each]) for each in ids)
    return Directory(seen.dashboard, chosen, seen.choices, rows, before.more + len(rows))


def day(student_id: int) -> Day:
    """A student's favourites and queues: where they wait, where they could go now, what is done.

    Raises NotFound.
    """
    with read_transaction() as connection:
        seen = _read(connection, student_id)
        rows = {
            each.company.id: seen.row(connection, each)
            for each in seen.listed
            if each.company.id in seen.favourites or each.company.id in seen.places
        }
        notes: dict[int, str] = dict(_NOTES.rows(connection, student_id=student_id))
    page = seen.dashboard
    still = sorted(
        (row for row in rows.values() if row.place is None), key=lambda row: row.order_by_wait
    )
    return Day(
        page,
        waiting=_rows_of(page.waiting, rows),
        free=tuple(row for row in still if row.nobody_waits),
        later=tuple(row for row in still if not row.nobody_waits),
        met=_rows_of(filter(None, (page.running, *page.done)), rows),
        notes=notes,
    )


def company(student_id: int, company_id: int) -> tuple[Dashboard, Row]:
    """One company as a student sees it, paused or not, and their dashboard. Raises NotFound."""
    with read_transaction() as connection:
        seen = _read(connection, student_id)
        return seen.dashboard, seen.row(connection, _listed(seen.listed, company_id))


def recruiting() -> list[Listed]:
    """The companies that a student may look for, by name (rule 8)."""
    with read_transaction() as connection:
        listed = company_directory.shared.get().read(connection)
    return [each for each in listed if each.company.recruiting]


def favourites(student_id: int) -> list[Listed]:
    """A student's favourites by name, paused ones too."""
    with read_transaction() as connection:
        own = _favourites(connection, student_id)
        listed = company_directory.shared.get().read(connection)
    return [each for each in listed if each.company.id in own]


def public_company(company_id: int) -> tuple[Row, Phase]:
    """One company as anybody sees it, and the fair's phase. Raises NotFound."""
    with read_transaction() as connection:
        listed = _listed(company_directory.shared.get().read(connection), company_id)
        wait = _wait(connection, listed.company, clock.now())
        row = Row(listed.company, listed.entry.profile, None, wait, favourite=False)
        return row, phase_of(connection)


class _Seen:
    """What one student may see of the companies, at one moment."""

    def __init__(
        self,
        dashboard: Dashboard,
        listed: Sequence[Listed],
        choices: Choices,
        favourites: Collection[int],
    ) -> None:
        self.dashboard = dashboard
        self.choices = choices
        self.listed = listed
        self.favourites = favourites
        self.places = {place.company.id: place for place in dashboard.places}
        self._now = clock.now()

    def visible(self) -> list[Listed]:
        return [
            each
            for each in self.listed
            if each.company.recruiting or each.company.id in self.places
        ]

    def row(self, connection: Connection, listed: Listed) -> Row:
        company = listed.company
        place = self.places.get(company.id)
        wait = None if place is not None else _wait(connection, company, self._now)
        return Row(company, listed.entry.profile, place, wait, company.id in self.favourites)


def _read(connection: Connection, student_id: int) -> _Seen:
    dashboard = places.dashboard_of(connection, student_id)
    shared = company_directory.shared.get()
    own = _favourites(connection, student_id)
    return _Seen(dashboard, shared.read(connection), shared.choices(connection), own)


def _favourites(connection: Connection, student_id: int) -> set[int]:
    return {row[0] for row in _FAVOURITES.rows(connection, student_id=student_id)}


def _found(listed: Iterable[Listed], chosen: Chosen, favourites: Collection[int]) -> list[Listed]:
    """Those that match, without the filter by wait. What is searched for decides the order first:
    a stand's number, then the beginning of a name, then a name, then the rest."""
    found = [each for each in listed if _fits(each, chosen, favourites)]
    if chosen.sort == Sort.STAND:
        found.sort(key=_by_place)
    searched = searchable(chosen.q)
    if searched:
        ranked = [(rank, each) for each in found if (rank := each.entry.rank(searched)) < NEVER]
        found = [each for _, each in sorted(ranked, key=lambda pair: pair[0])]
    return found


def _by_place(listed: Listed) -> tuple[bool, tuple[str | int, ...], tuple[str | int, ...]]:
    """Hall by hall, then by stand; last those of which nobody knows where they are."""
    entry = listed.entry
    return not entry.hall, company_directory.natural_order(entry.hall), entry.stand_order


def _hall(row: Row) -> str:
    """A row's hall, however it is spelled."""
    return folded(row.company.hall or "")


def _fits(listed: Listed, chosen: Chosen, favourites: Collection[int]) -> bool:
    entry = listed.entry
    return (
        (not chosen.sector or folded(chosen.sector) in entry.sectors)
        and (not chosen.looking_for or chosen.looking_for in entry.looking_for)
        and (not chosen.hall or folded(chosen.hall) == entry.hall)
        and (not chosen.favourites or listed.company.id in favourites)
    )


def _by_wait(
    connection: Connection, seen: _Seen, found: list[Listed], chosen: Chosen
) -> list[Listed]:
    pairs = [(seen.row(connection, each), each) for each in found]
    if chosen.wait == SHORT:
        pairs = [(row, each) for row, each in pairs if _waits_little(row)]
    if chosen.sort == Sort.WAIT:
        pairs.sort(key=lambda pair: pair[0].order_by_wait)
    return [each for _, each in pairs]


def _waits_little(row: Row) -> bool:
    soon = row.wait is not None and sum(row.wait) / 2 <= LITTLE_WAIT_MINUTES
    return row.joinable and (row.nobody_waits or soon)


def _wait(connection: Connection, company: CompanyView, now: datetime) -> Range | None:
    """How long somebody who joins now would wait, where it is known."""
    if not takes_somebody(company) or not company.waiting + company.running:
        return None
    return queue_snapshots.shared.get().of(connection, company).wait_of_a_newcomer(now)


def _rows_of(own: Iterable[Place], rows: Mapping[int, Row]) -> tuple[Row, ...]:
    return tuple(rows[place.company.id] for place in own if place.company.id in rows)


def _listed(listed: Iterable[Listed], company_id: int) -> Listed:
    for each in listed:
        if each.company.id == company_id:
            return each
    raise NotFound("company")


_FAVOURITES = CompiledStatement(
    select(Favourite.company_id).where(Favourite.student_id == bindparam("student_id"))
)
_NOTES = CompiledStatement(
    select(OwnNote.company_id, OwnNote.text).where(OwnNote.student_id == bindparam("student_id"))
)
