"""Open pages as their streams see them: what was sent last, and what differs now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import render_template

from jobfair.pages import STUDENT_DASHBOARD, Page, replacing
from jobfair.queries import places
from jobfair.queries.journal import Happening
from jobfair.queries.views import Dashboard

Context = Mapping[str, Any]


class RenderedScreen:
    """A page that is rendered anew after each change, of which the regions that differ are sent.

    Takes the page, what loads its context, how long changes that are not about `student_id`
    may wait for each other, in seconds, that student, if the page is a student's, and whether
    the page also changes with time alone; then it is looked at with every heartbeat.
    """

    def __init__(
        self,
        page: Page,
        load: Callable[[], Context],
        patience: float = 0.0,
        student_id: int | None = None,
        ages: bool = False,
    ) -> None:
        self.patience = patience
        self.ages = ages
        self._page = page
        self._load = load
        self._student_id = student_id
        self._sent: dict[str, str] = {}

    def urgent(self, row: Happening) -> bool:
        return self._student_id is not None and row.student_id == self._student_id

    def whole(self, as_of: int) -> str:
        self._sent = {}
        return self._differing(self._load(), as_of)

    def changed(self, rows: list[Happening], as_of: int) -> str:
        return self._differing(self._load(), as_of)

    def _differing(self, context: Context, as_of: int) -> str:
        fragments = self._page.fragments(context)
        new = {name: html for name, html in fragments.items() if self._sent.get(name) != html}
        self._sent = fragments
        return replacing(new, as_of)


class DashboardScreen(RenderedScreen):
    """A student's own page. When only others moved, it sends the places that differ."""

    def __init__(self, student_id: int) -> None:
        self._dashboard: Dashboard | None = None
        super().__init__(STUDENT_DASHBOARD, self._read, student_id=student_id)

    def _read(self) -> Context:
        assert self._student_id is not None
        self._dashboard = places.dashboard(self._student_id)
        return {"dashboard": self._dashboard}

    def changed(self, rows: list[Happening], as_of: int) -> str:
        before = self._dashboard
        if before is None or any(row.company_id is None or self.urgent(row) for row in rows):
            return super().changed(rows, as_of)
        latest = {company_id: row.number for row in rows for company_id in row.companies}
        self._dashboard = after = places.refreshed(before, latest)
        if _but_places(before) != _but_places(after):
            return self._differing({"dashboard": after}, as_of)
        # The region as it was sent is no longer what the page shows.
        self._sent.pop("queues", None)
        return replacing(
            {
                f"place-{new.id}": render_template("student/_place.html", place=new).strip()
                for old, new in zip(before.waiting, after.waiting, strict=True)
                if (old.ahead, old.after) != (new.ahead, new.after)
            },
            as_of,
        )


def _but_places(page: Dashboard) -> tuple[Dashboard, list[int]]:
    """The page without the numbers that change whenever somebody else moves, and its order."""
    places = tuple(
        replace(place, ahead=0, after=None, company=replace(place.company, waiting=0, running=0))
        for place in page.places
    )
    return replace(page, places=places), [place.id for place in page.waiting]
