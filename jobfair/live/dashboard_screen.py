"""Open pages as their streams see them: what was sent last, and what differs now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from jobfair.catalogue.records import JournalRecord
from jobfair.domain.state import EntryState
from jobfair.live.fragments import (
    STUDENT_DASHBOARD,
    Page,
    cached_partial,
    fragment,
    replacing,
)
from jobfair.queries.student import places
from jobfair.queries.views import CompanyView, Dashboard, Place

Context = Mapping[str, Any]

PLACED = ("turns", "running", "done")
"""Regions of a student's page that show nothing but the places they are named for."""


class RenderedScreen:
    """A page that is rendered anew after each change, of which the regions that differ are sent.

    Takes the page, what loads its context, how long changes that are not about the page's own
    student or company may wait for each other, in seconds, whose page it is, and whether it also
    changes with time alone; then it is looked at with every heartbeat.
    """

    def __init__(
        self,
        page: Page,
        load: Callable[[], Context],
        patience: float = 0.0,
        student_id: int | None = None,
        company_id: int | None = None,
        ages: bool = False,
    ) -> None:
        self.patience = patience
        self.ages = ages
        self._page = page
        self._load = load
        self._student_id = student_id
        self._company_id = company_id
        # By its hash: a page's own words would be a third of what its stream holds in memory.
        self._sent: dict[str, int] = {}

    def urgent(self, row: JournalRecord) -> bool:
        return (self._student_id is not None and row.student_id == self._student_id) or (
            self._company_id is not None and row.company_id == self._company_id
        )

    def whole(self, as_of: int) -> str:
        self._sent = {}
        return self._differing(self._load(), as_of)

    def changed(self, rows: list[JournalRecord], as_of: int) -> str:
        return self._differing(self._load(), as_of)

    def _differing(self, context: Context, as_of: int, exclude: Collection[str] = ()) -> str:
        fragments = self._page.fragments(context, exclude)
        hashes = {name: hash(html) for name, html in fragments.items()}
        new = {n: html for n, html in fragments.items() if self._sent.get(n) != hashes[n]}
        self._sent |= hashes
        return replacing(new, as_of)


class DashboardScreen(RenderedScreen):
    """A student's own page. When only others moved, or time went by, it sends what of the places
    differs: how many are ahead, and how long that may take."""

    def __init__(self, student_id: int) -> None:
        self._dashboard: Dashboard | None = None
        super().__init__(STUDENT_DASHBOARD, self._read, student_id=student_id, ages=True)

    def _read(self) -> Context:
        assert self._student_id is not None
        self._dashboard = places.dashboard(self._student_id)
        return {"dashboard": self._dashboard}

    def changed(self, rows: list[JournalRecord], as_of: int) -> str:
        before = self._dashboard
        if before is None or any(row.company_id is None or self.urgent(row) for row in rows):
            return super().changed(rows, as_of)
        latest = {company_id: row.number for row in rows for company_id in row.companies}
        self._dashboard = after = places.refreshed(before, latest)
        if not _only_places_differ(before, after):
            return self._differing({"dashboard": after}, as_of, _without_places(before, after))
        # The region as it was sent is no longer what the page shows.
        self._sent.pop("queues", None)
        pairs = zip(before.waiting, after.waiting, strict=True)
        differing = (_differing_part(old, new) for old, new in pairs)
        return replacing(dict(part for part in differing if part is not None), as_of)


def _differing_part(old: Place, new: Place) -> tuple[str, str] | None:
    """What of a place differs, and its fragment: mostly the number, seldom whom they follow, and
    all of it where the stand is another or pauses."""
    if not _same_stand(old, new):
        return f"entry-{new.id}", fragment("student/_queue.html", {"place": new, "refused": {}})
    if (old.ahead, old.after, old.wait) == (new.ahead, new.after, new.wait):
        return None
    if old.after == new.after and not new.can_start:
        return f"place-{new.id}>.ahead", cached_partial(
            "student/_ahead.html", ahead=new.ahead, wait=new.wait
        )
    return f"place-{new.id}", fragment("student/_place.html", {"place": new})


def _only_places_differ(before: Dashboard, after: Dashboard) -> bool:
    """Whether a refreshed page says the same, in the same order, but for where they wait."""
    return all(
        _waits_uncalled(new) or _same_stand(old, new)
        for old, new in zip(before.places, after.places, strict=True)
    ) and [place.id for place in before.waiting] == [place.id for place in after.waiting]


def _waits_uncalled(place: Place) -> bool:
    """Whether a place is shown among the queues alone."""
    return place.state is EntryState.WAITING and place.turn is None


def _same_stand(old: Place, new: Place) -> bool:
    """Whether the page says the same of a place's stand."""
    return old.company is new.company or same_card(old.company, new.company)


def same_card(old: CompanyView, new: CompanyView) -> bool:
    """Whether a company is the same but for how many wait and are there."""
    return bool(_card(old) == _card(new))


def _without_places(*pages: Dashboard) -> list[str]:
    """The regions that a refreshed page need not look at: no place stands in them."""
    return ["status", *(each for each in PLACED if not any(getattr(page, each) for page in pages))]


# Not how many wait there: a student's own page does not say that.
_card = attrgetter(
    *(
        each.name
        for each in fields(CompanyView)
        if each.name not in ("waiting", "running", "revision")
    )
)
