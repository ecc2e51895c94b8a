"""A student's own page as its stream sees it: where only others moved, some numbers are sent."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter

from jobfair.catalogue.records import JournalRecord
from jobfair.domain.state import EntryState
from jobfair.live.fragments import cached_partial, fragment, replacing
from jobfair.live.screen import Screen
from jobfair.queries.student import places
from jobfair.queries.views import CompanyView, Dashboard, Place

PLACE_REGIONS = ("turns", "running", "done")
"""Regions of a student's page that show nothing but the places they are named for."""


class DashboardScreen(Screen):
    """A student's own page. When only others moved, or time went by, it sends what of the places
    differs: how many are ahead, and how long that may take."""

    def changed(self, rows: list[JournalRecord], as_of: int) -> str:
        before: Dashboard | None = self._shown.get("dashboard")
        if before is None or any(row.company_id is None or self.urgent(row) for row in rows):
            return super().changed(rows, as_of)
        latest = {company_id: row.number for row in rows for company_id in row.companies}
        after = places.refreshed(before, latest)
        context = {"dashboard": after}
        if not _only_places_differ(before, after):
            return self._differing(context, as_of, _without_places(before, after))
        self._shown = context
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
    return [
        "status",
        *(each for each in PLACE_REGIONS if not any(getattr(page, each) for page in pages)),
    ]


# Not how many wait there: a student's own page does not say that.
_card = attrgetter(
    *(
        each.name
        for each in fields(CompanyView)
        if each.name not in ("waiting", "running", "revision")
    )
)
