"""One stream: the live events of a viewer, and for a page also its fragments."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from typing import Protocol

from flask import Response, current_app, request, stream_with_context
from flask_sse import Message

from jobfair.push import hub, resuming
from jobfair.push.hub import Heard, Subscription
from jobfair.push.live_events import LiveEvent, live_events, resync
from jobfair.push.resuming import Point
from jobfair.push.viewer import Viewer
from jobfair.queries import journal
from jobfair.queries.journal import Happening

REPLAYED_ROWS = 5000
"""Rows read for a reconnect; whoever missed more is told to look again."""

ENDINGS = {
    "sign_in_ended",
    "token_regenerated",
    "company_deleted",
    "student_deleted",
    "student_deactivated",
}
"""Rows after which a viewer may no longer look."""


class Screen(Protocol):
    """An open page, as its stream keeps it right.

    `patience`, in seconds, is how long a change that is not urgent may wait for others.
    """

    patience: float

    def urgent(self, row: Happening) -> bool:
        """Whether the viewer has to see what this row changed at once."""
        ...

    def whole(self) -> str:
        """The page's fragments as they are now, all of them."""
        ...

    def changed(self, rows: list[Happening]) -> str:
        """The fragments that differ since the last time, after these rows; may be empty."""
        ...


def respond(viewer: Viewer, screen: Screen | None = None) -> Response:
    """The streaming answer to a viewer who has been let in."""
    last_id = request.headers.get("Last-Event-ID", "")
    body = stream_with_context(_frames(viewer, screen, last_id))
    return Response(
        body,
        mimetype="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _frames(viewer: Viewer, screen: Screen | None, last_id: str) -> Iterator[str]:
    here = hub.current()
    subscription = here.open(viewer)
    asked = resuming.opened(last_id, viewer) or Point(0)
    try:
        yield from _opening(viewer, subscription, last_id)
        if screen is not None:
            yield str(Message(screen.whole()))
        while True:
            heard_all_until = here.last
            heard = _heard_next(subscription, screen)
            if subscription.ended or (_may_end(heard) and not viewer.allowed()):
                return
            if not heard:
                yield _frame("heartbeat", {}, Point(heard_all_until + 1).sealed(viewer))
                continue
            yield from _told(_from(asked, live_events(heard, viewer)), viewer)
            if screen is not None and (fragments := screen.changed([e.row for e in heard])):
                yield str(Message(fragments))
    finally:
        here.close(subscription)


def _heard_next(subscription: Subscription, screen: Screen | None) -> list[Heard]:
    """What comes within a heartbeat; for a patient screen, all of the next moment."""
    heard = subscription.wait(float(current_app.config["HEARTBEAT_SECONDS"]))
    if screen is None or not heard:
        return heard
    deadline = time.monotonic() + screen.patience
    while not subscription.ended and not any(screen.urgent(each.row) for each in heard):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        heard += subscription.wait(left)
    return heard


def _may_end(heard: list[Heard]) -> bool:
    return not heard or any(each.row.kind in ENDINGS for each in heard)


def _opening(viewer: Viewer, subscription: Subscription, last_id: str) -> Iterator[str]:
    established: dict[str, object] = {"groups": [viewer.group]}
    missed = _missed(viewer, subscription, last_id) if last_id else []
    if last_id and missed is not None:
        # The point to resume from stands before what is replayed: a client cut off in the
        # middle of it gets the rest, not a gap.
        yield _frame("connection_established", established, last_id)
        yield from _told(missed, viewer)
        return
    here = Point(subscription.start + 1).sealed(viewer)
    yield _frame("connection_established", established, here)
    if missed is None:
        yield _frame("queue_update", resync().data, here)


def _missed(viewer: Viewer, subscription: Subscription, last_id: str) -> list[LiveEvent] | None:
    """The events since an id; None when they cannot be told one by one."""
    point = resuming.opened(last_id, viewer)
    oldest, newest = journal.span()
    if point is None or not oldest <= point.number <= newest + 1:
        return None
    rows = journal.since(point.number - 1, REPLAYED_ROWS + 1)
    if len(rows) > REPLAYED_ROWS:
        return None
    topics = set(viewer.topics)
    heard = [
        Heard(row, viewer.was_in(row))
        for row in rows
        if row.number <= subscription.start
        and (viewer.was_in(row) or topics & set(hub.topics_of(row)))
    ]
    return _from(point, live_events(heard, viewer))


def _from(point: Point, events: list[LiveEvent]) -> list[LiveEvent]:
    return [e for e in events if (e.change, e.index) >= (point.number, point.skip)]


def _told(events: Iterable[LiveEvent], viewer: Viewer) -> Iterator[str]:
    for event in events:
        point = Point(event.change, event.index + 1)
        yield _frame(event.name, event.data, point.sealed(viewer))


def _frame(name: str, data: dict[str, object], event_id: str | None = None) -> str:
    return str(Message(json.dumps(data), type=name, id=event_id))
