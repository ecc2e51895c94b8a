"""What the stream of a student's dashboard sends: few numbers, if only other students moved."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING

from jobfair.catalogue.records import JournalRecord
from jobfair.domain.state import EntryState
from jobfair.live.fragments import cached_partial, fragment, replacing
from jobfair.live.screen import Screen
from jobfair.queries.student import places
from jobfair.queries.views import CompanyView, Dashboard, Place

if TYPE_CHECKING:
    from jobfair.live.page import Context, OpenPage

PLACE_REGIONS = ("turns", "running", "done")
"""Regions that show only places; each is also the name of a list of places in the dashboard."""


class DashboardScreen(Screen):
    """A student's dashboard. If only others moved, or time passed, it sends just the parts of the
    places that differ: how many students are ahead, and the estimated wait."""

    def __init__(self, opened: OpenPage) -> None:
        super().__init__(opened)
        self._dashboard: Dashboard | None = None

    def changed(self, rows: list[JournalRecord], as_of: int) -> str:
        before = self._dashboard
        if before is None or any(row.company_id is None or self.urgent(row) for row in rows):
            return super().changed(rows, as_of)
        latest = {company_id: row.number for row in rows for company_id in row.companies}
        self._dashboard = after = places.refreshed(before, latest)
        if after is before:
            return ""
        if not _is_in_place(before, after):
            return self._differing({"dashboard": after}, as_of, _without_places(before, after))
        # The page no longer shows the region as it was last sent.
        self._sent.pop("queues", None)
        pairs = zip(before.places, after.places, strict=True)
        parts = {target: html for pair in pairs for target, html in _differing_parts(*pair)}
        return replacing(parts, as_of)

    def _differing(self, context: Context, as_of: int, exclude: Collection[str] = ()) -> str:
        self._dashboard = context["dashboard"]
        return super()._differing(context, as_of, exclude)


def _differing_parts(old: Place, new: Place) -> Iterator[tuple[str, str]]:
    """The targets and fragments for what differs in a waiting place.

    Mostly that is the number ahead, seldom whether the stand takes a break or who is ahead. It is
    the whole place if the stand has another name or place.
    """
    if new.state is not EntryState.WAITING:
        return
    if (old.company.name, old.company.stand) != (new.company.name, new.company.stand):
        yield f"entry-{new.id}", fragment("student/_queue.html", {"place": new, "refused": {}})
        return
    if old.shown_state != new.shown_state:
        yield (
            f"entry-{new.id}>.queue-state",
            cached_partial("student/_queue_state.html", state=new.shown_state),
        )
    if (old.ahead, old.after, old.wait) == (new.ahead, new.after, new.wait):
        return
    if old.after == new.after and not new.can_start:
        yield (
            f"place-{new.id}>.ahead",
            cached_partial("student/_ahead.html", ahead=new.ahead, wait=new.wait),
        )
    else:
        yield f"place-{new.id}", fragment("student/_place.html", {"place": new})


def _is_in_place(before: Dashboard, after: Dashboard) -> bool:
    """Whether a refreshed page shows the same places in the same order."""
    for old, new in zip(before.places, after.places, strict=True):
        if not _waits_uncalled(new) and not _same_stand(old, new):
            return False
    return len(after.places) == 1 or _order(before) == _order(after)


def _order(page: Dashboard) -> list[int]:
    return [place.id for place in page.waiting]


def _waits_uncalled(place: Place) -> bool:
    """Whether a place is shown only among the queues."""
    return place.state is EntryState.WAITING and place.turn is None


def _same_stand(old: Place, new: Place) -> bool:
    """Whether the page shows the same about a place's stand."""
    return old.company is new.company or same_card(old.company, new.company)


def same_card(old: CompanyView, new: CompanyView) -> bool:
    """Whether a company differs at most in its numbers of waiting and running."""
    return bool(_card(old) == _card(new))


def _without_places(*pages: Dashboard) -> list[str]:
    """The regions that need not be rendered, as no place is shown in them."""
    return [
        "status",
        "address",
        *(each for each in PLACE_REGIONS if not any(getattr(page, each) for page in pages)),
    ]


# Without the numbers of waiting and running, which a student's dashboard does not show.
_card = attrgetter(
    *(
        each.name
        for each in fields(CompanyView)
        if each.name not in ("waiting", "running", "revision")
    )
)
