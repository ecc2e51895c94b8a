"""The events that a server is told of, from the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobfair.feed import journal
from jobfair.feed.subscriptions import Delivery
from jobfair.feed.viewer import Viewer
from jobfair.live.live_events import live_events

AT_ONCE = 200
"""Rows of the journal that are looked at together."""

LONGEST_CHANGE = 100_000

_ORGANISER = Viewer(group="admin", topics=(), allowed=lambda: True, is_admin=True)


@dataclass(frozen=True, slots=True)
class Message:
    """One event. `change` and `place` name it for ever; `last` is its change's last row."""

    change: int
    place: int
    at: datetime
    type: str
    data: dict[str, Any]


def following(reached: int) -> tuple[list[Message], int]:
    """The events after a journal number, and the number up to which these are all."""
    newest = journal.span()[1]
    rows = journal.between(reached + 1, newest, AT_ONCE, None, ())
    if len(rows) == AT_ONCE:
        first = rows[-1].change
        rows = [each for each in rows if each.change != first] or _rows_of(first)
    return _messages(rows), rows[-1].number if len(rows) else newest


def one(change: int, place: int) -> Message | None:
    """One event again; None where the journal has it no more."""
    found = [each for each in _messages(_rows_of(change)) if each.place == place]
    return found[0] if found else None


def _rows_of(change: int) -> list[Any]:
    rows = journal.between(change, change + LONGEST_CHANGE, LONGEST_CHANGE, None, ())
    return [each for each in rows if each.change == change]


def _messages(rows: list[Any]) -> list[Message]:
    at = {each.change: each.at for each in rows}
    deliveries = [Delivery(each, in_queue=True) for each in rows]
    return [
        Message(each.change, each.index, at[each.change], each.name, each.data)
        for each in live_events(deliveries, _ORGANISER, on_page=False)
    ]
