"""One stream: the live events of a viewer, and for a page also its fragments."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Iterable, Iterator

from flask import Response, current_app, request, stream_with_context
from flask_sse import Message

from jobfair import catalogue, metrics
from jobfair.catalogue.live_event import LiveEvent, resync
from jobfair.catalogue.records import JournalRecord
from jobfair.db.transactions import revision
from jobfair.feed import hub, journal
from jobfair.feed.subscriptions import Delivery, Subscription
from jobfair.feed.topics import topics_of
from jobfair.feed.viewer import QueueMembership, Viewer
from jobfair.live import resume_tokens
from jobfair.live.fragments import toast
from jobfair.live.live_events import live_events
from jobfair.live.resume_tokens import ResumeToken
from jobfair.live.screen import Screen

REPLAYED_ROWS = 5000
"""Rows read for a reconnect; whoever missed more is told to look again."""

BEATS_BETWEEN_LOOKS = 20
"""What ends a right to look is in the journal, and heard of at once. That time alone ends it, as a
week ends a sign-in, is found out every five minutes: each look is a statement, and a thousand
streams that looked with each heartbeat took a sixth of a processor."""

log = logging.getLogger(__name__)


def respond(viewer: Viewer, screen: Screen | None = None) -> Response:
    """The streaming answer to a viewer who has been let in.

    A page that another tab listens for asks with `once` for its fragments as they are now.
    """
    if "once" in request.args:
        as_of = revision()
        return Response("" if screen is None else screen.whole(as_of), mimetype="text/html")
    last_id = request.headers.get("Last-Event-ID", "")
    body = stream_with_context(_counted(viewer, _frames(viewer, screen, last_id)))
    return Response(
        body,
        mimetype="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _counted(viewer: Viewer, frames: Iterator[str]) -> Iterator[str]:
    opened = time.monotonic()
    with metrics.open_streams.labels(viewer.kind).track_inprogress():
        try:
            yield from frames
        finally:
            log.info("stream ended", extra={"seconds": round(time.monotonic() - opened, 1)})


def _frames(viewer: Viewer, screen: Screen | None, last_id: str) -> Iterator[str]:
    here = hub.current()
    subscription = here.open(viewer)
    asked = resume_tokens.opened(last_id, viewer)
    try:
        missed = _missed(viewer, subscription, asked) if last_id else []
        yield from _opening(viewer, subscription, last_id, missed, screen is not None)
        # An id of a journal that was lost may be ahead of everything that is to come.
        begin = ResumeToken(0) if asked is None or missed is None else asked
        if screen is not None:
            yield str(Message(screen.whole(subscription.start)))
        yield from _going_on(viewer, subscription, begin, screen)
    finally:
        here.close(subscription)


def _going_on(
    viewer: Viewer, subscription: Subscription, begin: ResumeToken, screen: Screen | None
) -> Iterator[str]:
    here = hub.current()
    every = float(current_app.config["HEARTBEAT_SECONDS"])
    beat_at = time.monotonic() + every
    # Not all in one moment, though a server that starts has them all at once.
    check_at = beat_at + every * secrets.randbelow(BEATS_BETWEEN_LOOKS)
    while True:
        heard_all_until = here.last
        # Both are due by the clock: rows that mean nothing to the viewer put off neither.
        heard = _heard_next(subscription, screen, min(beat_at, check_at))
        now = time.monotonic()
        if subscription.ended:
            return
        if now >= check_at or any(_may_end_access(each) for each in heard):
            if not viewer.allowed():
                return
            check_at = now + every * BEATS_BETWEEN_LOOKS
        frames = list(_frames_of(heard, viewer, begin, screen))
        if not heard and screen is not None and screen.ages:
            frames = _fragments(screen, [], heard_all_until)
        if not frames and (now >= beat_at or (heard and viewer.has_others)):
            frames = [_frame("heartbeat", {}, ResumeToken(heard_all_until + 1).sealed(viewer))]
        if frames:
            beat_at = now + every
            if heard:
                metrics.shown(viewer.kind, time.monotonic() - heard[0].since)
            # At one stroke: each costs a call of the system's.
            yield "".join(frames)


def _frames_of(
    heard: list[Delivery], viewer: Viewer, begin: ResumeToken, screen: Screen | None
) -> Iterator[str]:
    if not heard:
        return
    yield from _told(_from(begin, live_events(heard, viewer)), viewer, screen is not None)
    if screen is not None:
        rows = [each.row for each in heard]
        yield from _fragments(screen, rows, rows[-1].number)


def _fragments(screen: Screen, rows: list[JournalRecord], as_of: int) -> list[str]:
    fragments = screen.changed(rows, as_of)
    return [str(Message(fragments))] if fragments else []


def _heard_next(subscription: Subscription, screen: Screen | None, until: float) -> list[Delivery]:
    """What comes until then; for a patient screen, all of the moment after the first."""
    heard = subscription.wait(max(0.0, until - time.monotonic()))
    if screen is None or not heard:
        return heard
    deadline = time.monotonic() + screen.patience
    # What may end the viewer's right to look is for no screen to wait with.
    while not subscription.ended and not any(
        _may_end_access(each) or screen.urgent(each.row) for each in heard
    ):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        heard += subscription.wait(left)
    return heard


def _may_end_access(heard: Delivery) -> bool:
    return catalogue.of(heard.row.kind).ends_access


def _opening(
    viewer: Viewer,
    subscription: Subscription,
    last_id: str,
    missed: list[LiveEvent] | None,
    on_page: bool,
) -> Iterator[str]:
    established: dict[str, object] = {"groups": [viewer.group]}
    if last_id and missed is not None:
        # The point to resume from stands before what is replayed: a client cut off in the
        # middle of it gets the rest, not a gap.
        yield _frame("connection_established", established, last_id)
        yield from _told(missed, viewer, on_page)
        return
    here = ResumeToken(subscription.start + 1).sealed(viewer)
    yield _frame("connection_established", established, here)
    if missed is None:
        yield _frame("queue_update", resync().data, here)


def _missed(
    viewer: Viewer, subscription: Subscription, point: ResumeToken | None
) -> list[LiveEvent] | None:
    """The events since a point; None when they cannot be told one by one."""
    oldest, newest = journal.span()
    if point is None or not oldest <= point.number <= newest + 1:
        return None
    memberships = viewer.memberships()
    rows = journal.between(
        point.number,
        subscription.start,
        REPLAYED_ROWS + 1,
        viewer.student_id,
        {each.company_id for each in memberships},
    )
    if len(rows) > REPLAYED_ROWS:
        return None
    topics = set(viewer.topics)
    heard = [Delivery(row, _was_in(viewer, memberships, row)) for row in rows]
    concerned = [each for each in heard if each.in_queue or topics & set(topics_of(each.row))]
    return _from(point, live_events(concerned, viewer))


def _was_in(viewer: Viewer, memberships: tuple[QueueMembership, ...], row: JournalRecord) -> bool:
    """Whether a row changed a queue that the viewer was in then."""
    if viewer.student_id is None:
        return viewer.is_admin or row.company_id == viewer.company_id
    return any(each.covers(row) for each in memberships)


def _from(point: ResumeToken, events: list[LiveEvent]) -> list[LiveEvent]:
    return [e for e in events if (e.change, e.index) >= (point.number, point.skip)]


def _told(events: Iterable[LiveEvent], viewer: Viewer, on_page: bool) -> Iterator[str]:
    for event in events:
        point = ResumeToken(event.change, event.index + 1)
        yield _frame(event.name, event.data, point.sealed(viewer))
        if on_page and event.toast is not None:
            yield str(Message(toast(*event.toast)))


def _frame(name: str, data: dict[str, object], event_id: str | None = None) -> str:
    return str(Message(json.dumps(data), type=name, id=event_id))
