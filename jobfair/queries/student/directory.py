"""A student's list of the companies: searched, filtered, sorted, and shown from its start.

All of it is looked up in what the process has read (`projections.company_directory`); only the
student's own places and favourites, and the queues whose wait is shown, are read for each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby, islice
from typing import NamedTuple
from urllib.parse import urlencode

from sqlalchemy import Connection, bindparam, select

from jobfair import clock
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import phase_of, read_transaction
from jobfair.domain.state import EntryState, Phase, StudentStatus
from jobfair.domain.waiting_time import Range
from jobfair.exceptions import NotFound
from jobfair.fields.folding import folded
from jobfair.models import Favourite, OwnNote
from jobfair.queries.projections import company_directory, queue_snapshots, search_hits
from jobfair.queries.projections.company_directory import (
    NEVER,
    Choices,
    Listed,
    searchable,
)
from jobfair.queries.projections.search_hits import Hits
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
        """How many filters narrow it, whatever is searched for."""
        given = (self.sector, self.looking_for, self.hall, self.wait == SHORT, self.favourites)
        return sum(map(bool, given))

    @property
    def from_lists(self) -> tuple[str, ...]:
        """The names of those filters that are chosen from lists."""
        return tuple(each for each in ("looking_for", "sector", "hall") if getattr(self, each))

    @property
    def unfiltered(self) -> str:
        """The query of an address with what is searched for, in the same order."""
        return Chosen(q=self.q, sort=self.sort).query()

    @property
    def narrows(self) -> bool:
        """Whether it may leave companies out."""
        return bool(self.q or self.filters)

    def query(self, **changes: object) -> str:
        """The query of an address that says it, with these changes; empty where nothing is."""
        default, chosen = asdict(Chosen()), asdict(self) | changes
        said = {
            name: "1" if value is True else value
            for name, value in chosen.items()
            if value != default[name]
        }
        return f"?{urlencode(said)}" if said else ""

    def without(self, name: str) -> str:
        """The query of an address that says the rest, from the list's start."""
        default = Chosen()
        return self.query(**{name: getattr(default, name), "shown": default.shown})


class Row(NamedTuple):
    """A company in a student's list. `wait` is for one who joins now, where it is known; `hits` is
    what a search has found that its name does not show."""

    company: CompanyView
    profile: CompanyProfile
    place: Place | None
    wait: Range | None
    favourite: bool
    hits: Hits | None = None

    @property
    def joinable(self) -> bool:
        """Whether its queue takes somebody now, as far as the company decides it."""
        return takes_somebody(self.company)

    @property
    def nobody_waits(self) -> bool:
        """Whether one who joins now would be the first in line."""
        return self.joinable and not self.company.waiting

    @property
    def shown_wait(self) -> Range | None:
        """The estimate that the row shows: of one's own place, or of one who joins now."""
        return self.wait if self.place is None else self.place.wait

    @property
    def order_by_wait(self) -> tuple[int, float, float]:
        """By the wait that the row shows: none; nobody in line; by the estimate's middle; by how
        many are in line for each seat; last those where one does not wait."""
        if not self._waits:
            return 4, 0, 0
        if self._at_once:
            return 0, 0, 0
        if self.shown_wait is not None:
            return 2, sum(self.shown_wait) / 2, self.shown_wait[1]
        return (3 if self._in_line else 1), self._in_line / self.company.slots, 0

    @property
    def waits_little(self) -> bool:
        """Whether nobody is in line, or the middle of the estimate is near."""
        if not self._waits:
            return False
        if self.shown_wait is None:
            return self._at_once or not self._in_line
        return not self._in_line or sum(self.shown_wait) / 2 <= LITTLE_WAIT_MINUTES

    @property
    def _waits(self) -> bool:
        """Whether there is a wait to speak of: one waits there, or could."""
        if self.place is None:
            return self.joinable
        return self.place.state is EntryState.WAITING and self.company.recruiting

    @property
    def _at_once(self) -> bool:
        if self.place is None:
            return not self.company.waiting and self.company.free_slots > 0
        return self.place.can_start

    @property
    def _in_line(self) -> int:
        """How many are in line before one's place, or before one who joins now."""
        return self.company.waiting if self.place is None else self.place.ahead


@dataclass(frozen=True, slots=True)
class Directory:
    """The list as it is shown: its first rows, how many there are, what was chosen, and from what
    it can be. `without` is what it would have more if one choice were taken back, by its name."""

    dashboard: Dashboard
    chosen: Chosen
    choices: Choices
    rows: tuple[Row, ...]
    total: int
    without: tuple[tuple[str, int], ...] = ()

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

    @property
    def next(self) -> Row | None:
        """Where to go now: to where one is called or next, else to a favourite where nobody waits,
        else to the queue that moves soonest. None while one cannot be called."""
        page = self.dashboard
        if page.phase is not Phase.OPEN or page.student.status is not StudentStatus.AVAILABLE:
            return None
        soonest = min(self.waiting, key=lambda row: row.order_by_wait, default=None)
        if soonest is not None and soonest.place is not None and soonest.place.can_start:
            return soonest
        return self.free[0] if self.free else soonest

    @property
    def has_other_favourites(self) -> bool:
        """Whether some favourite stands in another part of the page than `later`."""
        return any(row.favourite for row in (*self.waiting, *self.free, *self.met))


def takes_somebody(company: CompanyView) -> bool:
    """Whether a company's queue takes somebody now."""
    return company.recruiting and company.queue_open and not company.full


def directory(student_id: int, chosen: Chosen) -> Directory:
    """The companies that match what was chosen, in that order.

    Shows the recruiting ones, and the paused ones where the student has a place (rule 8). Raises
    NotFound for an unknown student.
    """
    with read_transaction() as connection:
        seen = _read(connection, student_id, searchable(chosen.q))
        narrowed = _narrowed(connection, seen, chosen)
        found = _sorted(connection, seen, narrowed.found, chosen)
        shown = found[: max(1, min(chosen.shown, SHOWN_AT_MOST))]
        rows = tuple(seen.row(connection, each) for each in shown)
    choices = narrowed.choices(seen.choices)
    return Directory(seen.dashboard, chosen, choices, rows, len(found), narrowed.counts())


def refreshed(before: Directory) -> Directory:
    """The same list now. One that depends on waits keeps its rows in their order, but for those
    that may no longer be shown. Raises NotFound."""
    student_id, chosen = before.dashboard.student.id, before.chosen
    if not chosen.by_wait:
        return directory(student_id, chosen)
    with read_transaction() as connection:
        seen = _read(connection, student_id, searchable(chosen.q))
        visible = {each.company.id: each for each in seen.visible()}
        ids = [row.company.id for row in before.rows if row.company.id in visible]
        rows = tuple(seen.row(connection, visible[each]) for each in ids)
    total = before.more + len(rows)
    return replace(before, dashboard=seen.dashboard, rows=rows, total=total)


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
        searched: str,
    ) -> None:
        self.dashboard = dashboard
        self.choices = choices
        self.listed = listed
        self.favourites = favourites
        self.places = {place.company.id: place for place in dashboard.places}
        self._searched = searched
        self._now = clock.now()
        self._rows: dict[int, Row] = {}

    def visible(self) -> list[Listed]:
        return [
            each
            for each in self.listed
            if each.company.recruiting or each.company.id in self.places
        ]

    def row(self, connection: Connection, listed: Listed) -> Row:
        found = self._rows.get(listed.company.id)
        if found is None:
            found = self._rows[listed.company.id] = self._row(connection, listed)
        return found

    def _row(self, connection: Connection, listed: Listed) -> Row:
        company, profile = listed.company, listed.entry.profile
        place = self.places.get(company.id)
        wait = None if place is not None else _wait(connection, company, self._now)
        hits = search_hits.hits(listed.entry, self._searched) if self._searched else None
        return Row(company, profile, place, wait, company.id in self.favourites, hits)


def _read(connection: Connection, student_id: int, searched: str = "") -> _Seen:
    dashboard = places.dashboard_of(connection, student_id)
    shared = company_directory.shared.get()
    own = _favourites(connection, student_id)
    listed, choices = shared.read(connection), shared.choices(connection)
    return _Seen(dashboard, listed, choices, own, searched)


def _favourites(connection: Connection, student_id: int) -> set[int]:
    return {row[0] for row in _FAVOURITES.rows(connection, student_id=student_id)}


Filters = Mapping[str, Callable[[Listed], bool]]
"""What each choice lets through, by its name; the costliest last."""


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """The companies that every choice lets through, and by a choice's name those that this one
    alone keeps out."""

    found: list[Listed]
    kept_out: Mapping[str, list[Listed]]

    def choices(self, every: Choices) -> Choices:
        """What can be chosen from, with how many would be left of each."""
        return every.counted(*map(self._but, ("sector", "looking_for", "hall")))

    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many there would be more without each choice."""
        return tuple((name, len(listed)) for name, listed in self.kept_out.items() if listed)

    def _but(self, name: str) -> list[Listed]:
        return self.found + list(self.kept_out.get(name, ()))


def _narrowed(connection: Connection, seen: _Seen, chosen: Chosen) -> _Narrowed:
    filters = _filters(connection, seen, chosen)
    narrowed = _Narrowed([], {name: [] for name in filters})
    for each in seen.visible():
        refusing = (name for name, lets_through in filters.items() if not lets_through(each))
        names = tuple(islice(refusing, 2))
        if not names:
            narrowed.found.append(each)
        elif len(names) == 1:
            narrowed.kept_out[names[0]].append(each)
    return narrowed


def _filters(connection: Connection, seen: _Seen, chosen: Chosen) -> Filters:
    searched, sector, hall = searchable(chosen.q), folded(chosen.sector), folded(chosen.hall)
    filters: dict[str, tuple[object, Callable[[Listed], bool]]] = {
        "sector": (sector, lambda each: sector in each.entry.sectors),
        "looking_for": (
            chosen.looking_for,
            lambda each: chosen.looking_for in each.entry.looking_for,
        ),
        "hall": (hall, lambda each: hall == each.entry.hall),
        "favourites": (chosen.favourites, lambda each: each.company.id in seen.favourites),
        "q": (searched, lambda each: each.entry.rank(searched) < NEVER),
        "wait": (chosen.wait == SHORT, lambda each: seen.row(connection, each).waits_little),
    }
    return {name: fits for name, (given, fits) in filters.items() if given}


def _sorted(
    connection: Connection, seen: _Seen, found: list[Listed], chosen: Chosen
) -> list[Listed]:
    """In the order that was chosen. What is searched for decides it before the name and the stand:
    a stand's number, then the beginning of a name, then a name, then the rest."""
    if chosen.sort == Sort.STAND:
        found = sorted(found, key=_by_place)
    searched = searchable(chosen.q)
    if searched:
        found = sorted(found, key=lambda each: each.entry.rank(searched))
    if chosen.sort == Sort.WAIT:
        found = sorted(found, key=lambda each: seen.row(connection, each).order_by_wait)
    return found


def _by_place(listed: Listed) -> tuple[bool, tuple[str | int, ...], tuple[str | int, ...]]:
    """Hall by hall, then by stand; last those of which nobody knows where they are."""
    entry = listed.entry
    return not entry.hall, company_directory.natural_order(entry.hall), entry.stand_order


def _hall(row: Row) -> str:
    """A row's hall, however it is spelled."""
    return folded(row.company.hall or "")


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
