"""What the stream of a student's dashboard sends: few numbers, if only other students moved."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING

from jobfair.catalogue.records import JournalRecord
from jobfair.domain.state import EntryState
from jobfair.live.fragments import cached_partials, fragment, put
from jobfair.live.screen import Screen
from jobfair.queries.student.instead import Instead
from jobfair.queries.student.places import Moves
from jobfair.queries.views import CompanyView, Dashboard, Place
from jobfair.wording import language

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
        self._instead: Instead = {}
        self._language = language.current()
        self._cached = cached_partials()

    def changed(self, rows: list[JournalRecord], as_of: int) -> str:
        before, moves = self._dashboard, _moves(rows)
        if before is None or moves.is_general or before.student.id in moves.students:
            return super().changed(rows, as_of)
        places = tuple([moves.refreshed(place) for place in before.places])
        moved = [pair for pair in zip(before.places, places, strict=True) if pair[0] is not pair[1]]
        if not moved:
            return ""
        if any(old.unlikely is not new.unlikely for old, new in moved):
            return super().changed(rows, as_of)
        after = before.with_places(places)
        if not _is_in_place(before, after, moved):
            with self.reading():
                shown = {"dashboard": after, "instead": self._instead}
                return self._differing(shown, as_of, _without_places(before, after))
        self._dashboard = after
        # The page no longer shows the region as it was last sent.
        self._sent.pop("queues", None)
        parts = [part for old, new in moved for part in self._parts(after, old, new)]
        return "\n".join([put(target, html, as_of) for target, html in parts])

    def _parts(self, page: Dashboard, old: Place, new: Place) -> Iterator[tuple[str, str]]:
        """The targets and fragments for what differs in a waiting place.

        Mostly the number ahead differs; seldom, whether the stand takes a break, or who is ahead.
        If the stand's name, place or door sign differs, it is the whole place.
        """
        if new.state is not EntryState.WAITING:
            return
        if old.company is not new.company:
            if _shown(old.company) != _shown(new.company):
                yield f"entry-{new.id}", self._own("student/_queue.html", page, new)
                return
            if old.shown_state != new.shown_state:
                yield (
                    f"entry-{new.id}>.queue-state",
                    self._cached(
                        self._language,
                        "student/_queue_state.html",
                        state=new.shown_state,
                        phase=page.phase,
                    ),
                )
        if old.after != new.after:
            yield f"place-{new.id}", self._own("student/_place.html", page, new)
            return
        because = new.no_range(page.phase)
        before = old.ahead, old.wait, old.no_range(page.phase)
        if before != (new.ahead, new.wait, because) and not new.can_start:
            yield (
                f"place-{new.id}>.ahead",
                self._cached(
                    self._language,
                    "student/_ahead.html",
                    ahead=new.ahead,
                    wait=new.wait,
                    because=because,
                ),
            )

    def _own(self, partial: str, page: Dashboard, place: Place) -> str:
        with self.reading():
            shown = {"place": place, "dashboard": page, "instead": self._instead, "refused": {}}
            return fragment(partial, shown)

    def _differing(self, context: Context, as_of: int, exclude: Collection[str] = ()) -> str:
        self._dashboard, self._instead = context["dashboard"], context["instead"]
        return super()._differing(context, as_of, exclude)


_latest: tuple[list[JournalRecord], Moves] | None = None


def _moves(rows: list[JournalRecord]) -> Moves:
    """What the rows do to all places: computed once, even if a thousand viewers get the same
    list."""
    global _latest
    if _latest is None or not rows or _latest[0] is not rows:
        _latest = rows, Moves(rows)
    return _latest[1]


def _is_in_place(before: Dashboard, after: Dashboard, moved: list[tuple[Place, Place]]) -> bool:
    """Whether a refreshed page shows the same places in the same order."""
    for old, new in moved:
        waits_uncalled = new.state is EntryState.WAITING and new.turn is None
        if not waits_uncalled and not same_card(old.company, new.company):
            return False
    return len(after.places) == 1 or _order(before) == _order(after)


def _order(page: Dashboard) -> list[int]:
    return [place.id for place in page.waiting]


def same_card(old: CompanyView, new: CompanyView) -> bool:
    """Whether a company differs at most in its numbers of waiting and running."""
    return old is new or bool(_card(old) == _card(new))


def _without_places(*pages: Dashboard) -> list[str]:
    """The regions that need not be rendered, because they show no place and ask about none."""
    return [
        # A student who pauses while called is asked about that stand.
        *([] if any(page.turns for page in pages) else ["status"]),
        "address",
        "unread",
        "messages",
        *(each for each in PLACE_REGIONS if not any(getattr(page, each) for page in pages)),
    ]


_shown = attrgetter("name", "stand", "sign", "sign_text", "sign_until")
# Without the numbers of waiting and running, which a student's dashboard does not show.
_card = attrgetter(
    *(
        each.name
        for each in fields(CompanyView)
        if each.name not in ("waiting", "running", "revision")
    )
)
