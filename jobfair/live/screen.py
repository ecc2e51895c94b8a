"""An open page as its stream sees it: what was sent last, and what differs now."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from jobfair.catalogue.records import JournalRecord
from jobfair.live.fragments import replacing

if TYPE_CHECKING:
    from jobfair.live.page import Context, OpenPage


class Screen:
    """A page that is rendered anew after each change, of which the regions that differ are sent.

    `patience`, in seconds, is how long a change that is not urgent may wait for others; `ages`
    says that the page may differ though nothing has happened.
    """

    def __init__(self, opened: OpenPage) -> None:
        self.patience = opened.page.patience
        self.ages = opened.page.ages
        self.opened = opened
        self._shown: Context = {}
        # By its hash: a page's own words would be a third of what its stream holds in memory.
        self._sent: dict[str, int] = {}

    def urgent(self, row: JournalRecord) -> bool:
        """Whether the viewer has to see what this row changed at once: it is about them."""
        who = self.opened.who
        return ("student_id" in who and row.student_id == who["student_id"]) or (
            "company_id" in who and row.company_id == who["company_id"]
        )

    def whole(self, as_of: int) -> str:
        """The page's fragments as they are now, all of them.

        `as_of` is a journal number that has been reached.
        """
        self._sent = {}
        return self._differing(self.opened.load(), as_of)

    def changed(self, rows: list[JournalRecord], as_of: int) -> str:
        """The fragments that differ since the last time, after these rows; may be empty."""
        return self._differing(self.opened.load(), as_of)

    def _differing(self, context: Context, as_of: int, exclude: Collection[str] = ()) -> str:
        self._shown = context
        fragments = self.opened.fragments(context, exclude)
        hashes = {name: hash(html) for name, html in fragments.items()}
        new = {n: html for n, html in fragments.items() if self._sent.get(n) != hashes[n]}
        self._sent |= hashes
        return replacing(new, as_of)
