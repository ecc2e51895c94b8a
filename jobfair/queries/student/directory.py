"""A student's list of the companies: searched, filtered, sorted, and shown from its start.

The companies come from what the process has read (`projections.company_directory`); only the
student's own places and favourites, and the queues whose wait is shown, are read for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from sqlalchemy import bindparam, select

from jobfair import clock
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import phase_of, read_transaction
from jobfair.domain.state import Phase, StudentStatus
from jobfair.exceptions import NotFound
from jobfair.fields.input.folding import folded
from jobfair.models import OwnNote
from jobfair.queries.projections import company_directory
from jobfair.queries.projections.company_directory import Choices, Listed
from jobfair.queries.projections.search_words import searchable
from jobfair.queries.student import narrowing
from jobfair.queries.student.chosen import SHOWN_AT_MOST, Chosen, Sort
from jobfair.queries.student.company_rows import (
    LITTLE_WAIT_MINUTES,
    Row,
    favourites_of,
    read,
    wait_of_a_newcomer,
)
from jobfair.queries.views import CompanyView, Dashboard, Place


@dataclass(frozen=True, slots=True)
class Directory:
    """The list as it is shown: its first rows, how many there are, what was chosen, and from what
    it can be. `without` is what it would have more if one choice were taken back, by its name;
    `none` are the choices that would leave nothing, `paused` the companies that are searched for
    and left out."""

    dashboard: Dashboard
    chosen: Chosen
    choices: Choices
    rows: tuple[Row, ...]
    total: int
    without: tuple[tuple[str, int], ...] = ()
    none: frozenset[str] = frozenset()
    paused: tuple[CompanyView, ...] = ()

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


class NextBecause(StrEnum):
    """Why one place to go to comes before the others."""

    NOBODY_WAITS = "nobody_waits"
    SHORTEST = "shortest"
    FEWEST = "fewest"


@dataclass(frozen=True, slots=True)
class Day:
    """A student's plan. `free` are favourites where nobody waits now and they are not in the queue,
    `later` those where others wait.

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
        """Where to go now, or after the break: to where one is called, else to a favourite where
        nobody waits, else to the queue that moves soonest, else to the favourite that does. None
        while the fair is not open, and during an interview."""
        page = self.dashboard
        if page.phase is not Phase.OPEN or page.student.status is StudentStatus.IN_INTERVIEW:
            return None
        soonest = min(self.waiting, key=lambda row: row.order_by_wait, default=None)
        if soonest is not None and soonest.place is not None and soonest.place.can_start:
            return soonest
        if self.free or soonest is not None:
            return self.free[0] if self.free else soonest
        return next((row for row in self.later if row.joinable), None)

    @property
    def next_because(self) -> NextBecause | None:
        """Why it is that one; None where it is one's turn, or where there is no other."""
        row = self.next
        if row is None or (row.place is not None and row.place.can_start):
            return None
        if row.place is None and row.nobody_waits:
            return NextBecause.NOBODY_WAITS
        rivals = self.later if row.place is None else self.waiting
        if len(rivals) < 2:
            return None
        if row.has_an_estimate:
            return NextBecause.SHORTEST
        fewest = all(row.in_line <= each.in_line for each in rivals)
        return NextBecause.FEWEST if fewest else None

    @property
    def begins(self) -> bool:
        """Whether nothing has been done yet: one waits nowhere and has met nobody."""
        return not (self.waiting or self.met)

    @property
    def under_way(self) -> tuple[Row, ...]:
        """The favourites in whose queue they are, or that they have met."""
        return tuple(row for row in (*self.waiting, *self.met) if row.favourite)


def directory(student_id: int, chosen: Chosen) -> Directory:
    """The companies that match what was chosen, in that order.

    Shows the recruiting ones, and the paused ones where the student has a place (rule 8). Raises
    NotFound for an unknown student.
    """
    with read_transaction() as connection:
        seen = read(connection, student_id, searchable(chosen.q))
        left = narrowing.narrowed(connection, seen, chosen)
        found = narrowing.in_order(connection, seen, left.found, chosen)
        shown = found[: max(1, min(chosen.shown, SHOWN_AT_MOST))]
        return Directory(
            seen.dashboard,
            chosen,
            left.choices(seen.choices),
            rows=tuple(seen.row(connection, each) for each in shown),
            total=len(found),
            without=left.counts(),
            none=narrowing.leaving_nothing(connection, seen, chosen, left),
            paused=narrowing.paused(connection, seen, chosen),
        )


def refreshed(before: Directory) -> Directory:
    """The same list now. One that depends on waits keeps its rows in their order, but for those
    that may no longer be shown. Raises NotFound."""
    student_id, chosen = before.dashboard.student.id, before.chosen
    if not chosen.by_wait:
        return directory(student_id, chosen)
    with read_transaction() as connection:
        seen = read(connection, student_id, searchable(chosen.q))
        visible = {each.company.id: each for each in seen.visible()}
        ids = [row.company.id for row in before.rows if row.company.id in visible]
        rows = tuple(seen.row(connection, visible[each]) for each in ids)
        paused = narrowing.paused(connection, seen, chosen)
    total = before.more + len(rows)
    return replace(before, dashboard=seen.dashboard, rows=rows, total=total, paused=paused)


def day(student_id: int) -> Day:
    """A student's favourites and queues: where they wait, where they could go now, what is done.

    Raises NotFound.
    """
    with read_transaction() as connection:
        seen = read(connection, student_id)
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
        seen = read(connection, student_id)
        return seen.dashboard, seen.row(connection, _listed(seen.listed, company_id))


def recruiting(chosen: Chosen) -> list[Listed]:
    """The companies that a student may look for, by name (rule 8), as far as they fit.

    Only filters by what companies say of themselves count; those about the student do not.
    """
    fits = narrowing.of_company(chosen).values()
    with read_transaction() as connection:
        listed = company_directory.shared.get().read(connection)
    return [each for each in listed if each.company.recruiting and all(fit(each) for fit in fits)]


def favourites(student_id: int) -> list[Listed]:
    """A student's favourites by name, paused ones too."""
    with read_transaction() as connection:
        own = favourites_of(connection, student_id)
        listed = company_directory.shared.get().read(connection)
    return [each for each in listed if each.company.id in own]


def listed(company_id: int) -> Listed:
    """One company, recruiting or not. Raises NotFound."""
    with read_transaction() as connection:
        return _listed(company_directory.shared.get().read(connection), company_id)


def public_company(company_id: int) -> tuple[Row, Phase]:
    """One company as anybody sees it, and the fair's phase. Raises NotFound."""
    with read_transaction() as connection:
        listed = _listed(company_directory.shared.get().read(connection), company_id)
        wait, unsaid = wait_of_a_newcomer(connection, listed.company, clock.now())
        profile = listed.entry.profile
        row = Row(listed.company, profile, None, wait, favourite=False, unsaid=unsaid)
        return row, phase_of(connection)


def _hall(row: Row) -> str:
    """A row's hall, however it is spelled."""
    return folded(row.company.hall or "")


def _rows_of(own: Iterable[Place], rows: Mapping[int, Row]) -> tuple[Row, ...]:
    return tuple(rows[place.company.id] for place in own if place.company.id in rows)


def _listed(listed: Iterable[Listed], company_id: int) -> Listed:
    for each in listed:
        if each.company.id == company_id:
            return each
    raise NotFound("company")


_NOTES = CompiledStatement(
    select(OwnNote.company_id, OwnNote.text).where(OwnNote.student_id == bindparam("student_id"))
)
