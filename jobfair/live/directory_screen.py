"""What the streams of pages about companies send: only what the page shows is kept up to date.

A page shows a few of 300 companies. Changes of the others are ignored, and of a list only the rows
that differ are sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from jobfair import catalogue
from jobfair.catalogue.records import JournalRecord
from jobfair.domain.events import CompanyCreated, CompanyDeleted, CompanyStatusChanged, kind
from jobfair.live.fragments import cached_partial, fragment, put
from jobfair.live.list_difference import difference
from jobfair.live.screen import Screen
from jobfair.queries.projections.standing_messages import MESSAGE_KINDS
from jobfair.queries.student import directory
from jobfair.queries.student.company_rows import Row
from jobfair.queries.student.directory import Directory

if TYPE_CHECKING:
    from jobfair.live.page import Context, OpenPage

ROW = "student/_company_row.html"
TITLE = "student/_companies_title.html"
REGION = "companies"

_COMES_OR_GOES = frozenset(map(kind, (CompanyCreated, CompanyDeleted, CompanyStatusChanged)))
"""Kinds of rows after which a list may have other rows."""


def row_of(context: Context, subject: str) -> str:
    """The row of the list whose element has this id; empty if it is not shown."""
    for row in context["directory"].rows:
        if subject == f"company-{row.company.id}":
            return fragment(ROW, {**context, "row": row})
    return ""


class CompaniesScreen(Screen):
    """A page that shows some of the companies."""

    def __init__(self, opened: OpenPage) -> None:
        super().__init__(opened)
        self._in_sight: frozenset[int] = frozenset()

    def changed(self, rows: list[JournalRecord], as_of: int) -> str:
        return super().changed(rows, as_of) if any(map(self._shows, rows)) else ""

    def _shows(self, row: JournalRecord) -> bool:
        """Whether the page may differ after a row."""
        return (
            (row.company_id is None and row.student_id is None)
            or row.kind in MESSAGE_KINDS
            or self.urgent(row)
            or not self._in_sight.isdisjoint(row.companies)
        )

    def _differing(self, context: Context, as_of: int, exclude: Collection[str] = ()) -> str:
        self._in_sight = frozenset(row.company.id for row in _rows(context))
        return super()._differing(context, as_of, exclude)


class DirectoryScreen(CompaniesScreen):
    """The list of companies.

    While the order depends on waits, the rows keep their places: a list that moves under a reader's
    finger is worse than one that is a minute old. A row disappears only with its company.
    """

    def __init__(self, opened: OpenPage) -> None:
        super().__init__(opened)
        self._shown: Directory | None = None

    def _shows(self, row: JournalRecord) -> bool:
        return row.kind in _COMES_OR_GOES or super()._shows(row)

    def _changed(self, rows: list[JournalRecord], as_of: int) -> str:
        before = self._shown
        if before is None or any(row.kind in catalogue.RESETS for row in rows):
            return super()._changed(rows, as_of)
        after = directory.refreshed(before)
        context = {"directory": after, "dashboard": after.dashboard, "compact": True}
        pieces = _differing_rows(before, after, context, as_of)
        if pieces is None:
            return self._differing(context, as_of)
        if pieces:
            # The page no longer shows the region as it was last sent.
            self._sent.pop(REGION, None)
        regions = self._differing(context, as_of, (REGION,))
        return "\n".join([*pieces, regions] if regions else pieces)

    def _differing(self, context: Context, as_of: int, exclude: Collection[str] = ()) -> str:
        self._shown = context["directory"]
        return super()._differing(context, as_of, exclude)


def _rows(context: Context) -> Iterator[Row]:
    """The rows that a page shows, whichever page it is."""
    if "directory" in context:
        yield from context["directory"].rows
    elif "day" in context:
        day = context["day"]
        yield from (*day.waiting, *day.free, *day.later, *day.met)
    else:
        yield context["row"]


def _differing_rows(
    before: Directory, after: Directory, context: Context, as_of: int
) -> list[str] | None:
    """The fragments that turn one list into the other; None if the whole list has to be sent."""
    if before.phase is not after.phase or before.more != after.more:
        return None
    if _paused(before) != _paused(after):
        return None
    if [hall for hall, _ in before.halls] != [hall for hall, _ in after.halls]:
        return None
    old, new = _by_id(before), _by_id(after)
    changes = difference(old, new)
    if changes is None or changes.prepended or changes.appended:
        return None
    pieces = [put(_target(each), "", as_of, "delete") for each in changes.removed]
    pieces += [
        put(_target(each), fragment(ROW, {**context, "refused": {}, "row": new[each]}), as_of)
        for each in changes.changed
    ]
    if before.total != after.total:
        title = cached_partial(TITLE, total=after.total, paused=len(after.paused))
        pieces.append(put("companies-title", title, as_of))
    return pieces


def _paused(shown: Directory) -> list[tuple[int, str, str | None]]:
    return [(each.id, each.name, each.stand) for each in shown.paused]


def _target(company_id: int) -> str:
    return f"{REGION} #company-{company_id}"


def _by_id(shown: Directory) -> Mapping[int, Row]:
    return {row.company.id: row for row in shown.rows}
