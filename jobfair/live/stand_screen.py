"""What the stream of a stand's page sends: of its lists, only the rows that differ.

Each start and each end moves one row from one list to another. Sending whole lists was most of
the cost of a stand, on the server and on the tablet.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobfair import catalogue
from jobfair.catalogue.records import JournalRecord
from jobfair.domain.events import IntroductionChanged, kind
from jobfair.domain.state import Phase
from jobfair.live.dashboard_screen import same_card
from jobfair.live.fragments import cached_partial, put
from jobfair.live.list_difference import difference
from jobfair.live.screen import Screen
from jobfair.queries.projections.standing_messages import MESSAGE_KINDS
from jobfair.queries.stand import stands
from jobfair.queries.views import Stand

if TYPE_CHECKING:
    from jobfair.live.page import Context, OpenPage

REFRESH_ALL_KINDS = catalogue.RESETS | MESSAGE_KINDS
"""Kinds of rows after which the whole page is compared."""


_INTRODUCED = kind(IntroductionChanged)


class StandListScreen(Screen):
    """A page of a stand: what students take back disappears from it at once (rule 16)."""

    def urgent(self, row: JournalRecord) -> bool:
        return super().urgent(row) or row.kind == _INTRODUCED


class StandScreen(StandListScreen):
    """A company's own page."""

    def __init__(self, opened: OpenPage) -> None:
        super().__init__(opened)
        self._shown: Context = {}

    def _changed(self, rows: list[JournalRecord], as_of: int) -> str:
        before: Stand | None = self._shown.get("stand")
        if before is None or any(row.kind in REFRESH_ALL_KINDS for row in rows):
            return super()._changed(rows, as_of)
        after = stands.stand(before.company.id, before.listed)
        context = {**self._shown, "stand": after}
        pieces, unchanged = [], ["messages"]
        if same_card(before.company, after.company) and _around(before) == _around(after):
            unchanged.append("stand")
        for listed in (_waiting, _completed):
            now = listed(after, context["token"])
            differing = _differing_pieces(listed(before, context["token"]), now, as_of)
            if differing is not None:
                pieces += differing
                unchanged.append(now.region)
                # The page no longer shows the region as it was last sent.
                self._sent.pop(now.region, None)
        regions = self._differing(context, as_of, unchanged)
        return "\n".join([*pieces, regions] if regions else pieces)

    def _differing(self, context: Context, as_of: int, exclude: Collection[str] = ()) -> str:
        self._shown = context
        return super()._differing(context, as_of, exclude)


def _around(stand: Stand) -> tuple[Phase, bool]:
    """What the head of the page says besides the company's card."""
    return stand.phase, stand.several_devices


@dataclass(frozen=True, slots=True)
class Piece:
    """A partial and the only values that it shows."""

    partial: str
    values: Mapping[str, Hashable]

    def render(self) -> str:
        return cached_partial(self.partial, **self.values)


@dataclass(frozen=True, slots=True)
class RowList:
    """A list on the page: its region, the selector of the element that contains the rows, the rows
    by entry id, and the other parts of the region by element id."""

    region: str
    container: str
    rows: Mapping[int, Piece]
    beside: Mapping[str, Piece]


def _waiting(stand: Stand, token: str) -> RowList:
    title = {
        "waiting": stand.company.waiting,
        "takes_early": stand.takes_early,
        "takes_a_seat": stand.takes_a_seat,
    }
    rows = {
        row.id: Piece(
            "stand/_row.html",
            {"row": row, "token": token, "refused": None, "act": stand.acts.get(row.id)},
        )
        for row in stand.waiting
    }
    beside = {"waiting-title": Piece("stand/_waiting_title.html", title)}
    if stand.listed.find:
        beside["waiting-found"] = Piece("stand/_found.html", {"found": len(stand.waiting)})
    if stand.undrawn:
        beside["waiting-undrawn"] = Piece("stand/_undrawn.html", {})
    return RowList("waiting", ".rows", rows, beside | _more("waiting", stand, token))


def _completed(stand: Stand, token: str) -> RowList:
    plain = {"token": token, "refused": None, "draft": None}
    rows = {
        row.id: Piece(
            "stand/_met.html", plain | {"row": row, "note": stand.notes.get(row.student_id)}
        )
        for row in stand.done
    }
    beside = {"completed-title": Piece("stand/_completed_title.html", {"done": stand.done_count})}
    return RowList("completed", ".lines", rows, beside | _more("completed", stand, token))


def _more(region: str, stand: Stand, token: str) -> dict[str, Piece]:
    rows, more = (
        (stand.waiting, stand.more_waiting)
        if region == "waiting"
        else (stand.done, stand.more_done)
    )
    if not more:
        return {}
    further = f"/company/{token}{stand.listed.with_all().query()}"
    values = {"region": region, "more": more, "further": further, "last": rows[-1].id}
    return {f"{region}-more": Piece("stand/_more.html", values)}


def _differing_pieces(before: RowList, after: RowList, as_of: int) -> list[str] | None:
    """The fragments that turn one list into the other; None if the whole list has to be sent."""
    changes = difference(before.rows, after.rows)
    if changes is None or before.beside.keys() != after.beside.keys():
        return None

    def rendered(keys: tuple[int, ...]) -> str:
        return "".join(after.rows[key].render() for key in keys)

    def row(key: int) -> str:
        return f"{after.region} #entry-{key}"

    container = f"{after.region}>{after.container}"
    # A new row may be there already, from the answer to an action of the stand itself.
    moved = (*changes.removed, *changes.prepended, *changes.appended)
    pieces = [put(row(key), "", as_of, "delete") for key in moved]
    if changes.prepended:
        pieces.append(put(container, rendered(changes.prepended), as_of, "afterbegin"))
    if changes.appended:
        pieces.append(put(container, rendered(changes.appended), as_of, "beforeend"))
    pieces += [put(row(key), rendered((key,)), as_of) for key in changes.changed]
    pieces += [
        put(name, piece.render(), as_of)
        for name, piece in after.beside.items()
        if piece != before.beside[name]
    ]
    return pieces
