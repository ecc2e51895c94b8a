"""The row of a company in a student's list, and the companies that one student may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from jobfair import clock
from jobfair.db.statements import CompiledStatement
from jobfair.domain.state import EntryState, Phase
from jobfair.domain.waiting_time import NoRange, Range, Unsaid
from jobfair.models import Favourite
from jobfair.queries.projections import company_directory, queue_snapshots, search_hits
from jobfair.queries.projections.company_directory import Choices, Listed
from jobfair.queries.projections.search_hits import Hits
from jobfair.queries.student import places
from jobfair.queries.views import CompanyProfile, CompanyView, Dashboard, Place

LITTLE_WAIT_MINUTES = 30
"""What «little wait» is: the estimate that the row shows ends within this many minutes; where
there is none, nobody waits."""


class Row(NamedTuple):
    """A company in a student's list. `wait` is for one who joins now and is available, `unsaid` why
    nobody knows it; `hits` is what a search has found that its name does not show."""

    company: CompanyView
    profile: CompanyProfile
    place: Place | None
    wait: Range | None
    favourite: bool
    hits: Hits | None = None
    unsaid: Unsaid | None = None

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

    def no_range(self, phase: Phase) -> NoRange | None:
        """Why there is no estimate, if people wait there."""
        if self.place is not None:
            return self.place.no_range(phase)
        queued = self.joinable and self.company.waiting > 0 and phase is Phase.OPEN
        return self.unsaid.because if queued and self.unsaid is not None else None

    @property
    def in_line(self) -> int:
        """How many are in line before one's place, or before one who joins now; all of them while
        that is still to be drawn (rule 17)."""
        ahead = None if self.place is None else self.place.ahead
        return self.company.waiting if ahead is None else ahead

    @property
    def has_an_estimate(self) -> bool:
        """Whether something is known of the wait, though it may not be said."""
        unsaid = self._shown_unsaid
        return self._at_once or self.shown_wait is not None or bool(unsaid and unsaid.middle)

    @property
    def order_by_wait(self) -> tuple[int, float, float]:
        """The sort key by the wait that the row shows: no wait; nobody in line; the middle of the
        estimate, shown or not; the number in line for each seat; last, companies where the student
        does not wait."""
        if not self._waits:
            return 4, 0, 0
        if self._at_once:
            return 0, 0, 0
        if self.shown_wait is not None:
            return 2, sum(self.shown_wait) / 2, self.shown_wait[1]
        unsaid = self._shown_unsaid
        if self.in_line and unsaid is not None and unsaid.middle is not None:
            return 2, unsaid.middle, 0
        return (3 if self.in_line else 1), self.in_line / self.company.slots, 0

    @property
    def waits_little(self) -> bool:
        """Whether what the row shows is no longer than that."""
        if not self._waits:
            return False
        if self.shown_wait is None:
            return self._at_once or not self.in_line
        return self.shown_wait[1] <= LITTLE_WAIT_MINUTES

    @property
    def _waits(self) -> bool:
        """Whether there is a wait to speak of: one waits there, or could."""
        if self.place is None:
            return self.joinable
        return self.place.state is EntryState.WAITING and self.company.recruiting

    @property
    def _at_once(self) -> bool:
        """Whether it is one's turn, or would be were one there."""
        unsaid = self._shown_unsaid
        if unsaid is not None and unsaid.because is NoRange.AT_ONCE:
            return True
        if self.place is None:
            return not self.company.waiting and self.company.free_slots > 0
        return self.place.can_start

    @property
    def _shown_unsaid(self) -> Unsaid | None:
        return self.unsaid if self.place is None else self.place.unsaid


def takes_somebody(company: CompanyView) -> bool:
    """Whether a company's queue takes somebody now."""
    return company.recruiting and company.queue_open and not company.full


class Seen:
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
        """The recruiting companies, and the paused ones where the student has a place (rule 8)."""
        return [
            each
            for each in self.listed
            if each.company.recruiting or each.company.id in self.places
        ]

    def row(self, connection: Connection, listed: Listed) -> Row:
        """A company as the list shows it, made once."""
        found = self._rows.get(listed.company.id)
        if found is None:
            found = self._rows[listed.company.id] = self._row(connection, listed)
        return found

    def _row(self, connection: Connection, listed: Listed) -> Row:
        company, profile = listed.company, listed.entry.profile
        place = self.places.get(company.id)
        newcomer = place is None
        wait, unsaid = wait_of_a_newcomer(connection, company, self._now) if newcomer else NO_WAIT
        hits = search_hits.hits(listed.entry, self._searched) if self._searched else None
        return Row(company, profile, place, wait, company.id in self.favourites, hits, unsaid)


def read(connection: Connection, student_id: int, searched: str = "") -> Seen:
    """What a student sees now; its rows say what this search, as `searchable` writes it, has found.

    Raises NotFound for an unknown student.
    """
    dashboard = places.dashboard_of(connection, student_id)
    shared = company_directory.shared.get()
    own = favourites_of(connection, student_id)
    listed, choices = shared.read(connection), shared.choices(connection)
    return Seen(dashboard, listed, choices, own, searched)


def favourites_of(connection: Connection, student_id: int) -> set[int]:
    """The ids of a student's favourites."""
    return {row[0] for row in _FAVOURITES.rows(connection, student_id=student_id)}


NO_WAIT: tuple[None, None] = (None, None)


def wait_of_a_newcomer(
    connection: Connection, company: CompanyView, now: datetime
) -> tuple[Range | None, Unsaid | None]:
    """How long somebody who joins now would wait, or why nobody knows; neither where none does."""
    if not takes_somebody(company) or not company.waiting + company.running:
        return NO_WAIT
    snapshot = queue_snapshots.shared.get().of(connection, company)
    wait = snapshot.wait_of_a_newcomer(now)
    return wait, None if wait is not None else snapshot.unsaid(snapshot.everybody, now)


_FAVOURITES = CompiledStatement(
    select(Favourite.company_id).where(Favourite.student_id == bindparam("student_id"))
)
