"""What a page gets when it opens its stream, or asks because no stream comes through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_sse import Message
from werkzeug.datastructures import ETags

from jobfair.catalogue.live_event import LiveEvent, resync
from jobfair.catalogue.records import JournalRecord
from jobfair.db.transactions import revision
from jobfair.feed import hub, journal
from jobfair.feed.subscriptions import Delivery
from jobfair.feed.topics import topics_of
from jobfair.feed.viewer import QueueMembership, Viewer
from jobfair.live import resume_tokens
from jobfair.live.fragments import tag_of, toast
from jobfair.live.live_events import live_events
from jobfair.live.resume_tokens import ResumeToken
from jobfair.live.screen import Screen
from jobfair.live.stream import Stream, event_messages, message

RETRY_MS = 2_000
"""After how long a program reconnects when its stream breaks off. Pages have their own delays,
which grow."""

REPLAYED_ROWS = 5000
"""The most rows that are replayed after a reconnect; if there are more, the client loads the page
again."""


def opening(stream: Stream, last_id: str, shown: ETags) -> str:
    """Let the hub deliver to a stream. Returns the text that the stream starts with.

    `last_id` is the client's `Last-Event-ID`; empty if it has none. `shown` has the tag of the
    page's last answer, as long as the page shows it: it is not sent again.
    """
    hub.current().open(stream)
    token = resume_tokens.opened(last_id, stream.viewer)
    on_page = stream.screen is not None
    missed = _missed(stream.viewer, token, stream.start, on_page) if last_id else []
    # Only if its events were found: a token from before a restore may be ahead of all numbers to
    # come.
    if token is not None and missed is not None:
        stream.resume_from = token
    parts = list(_established(stream, last_id, missed))
    if stream.screen is not None:
        whole = stream.screen.whole(stream.start)
        if not shown.contains_weak(tag_of(whole)):
            parts.append(str(Message(whole)))
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class CurrentPage:
    """A page now, for a client that asks again and again.

    `text` is the toasts that it missed and its fragments, `tag` is a tag of the content, and
    `last_id` is what the client sends the next time.
    """

    text: str
    tag: str
    last_id: str


def current_page(viewer: Viewer, screen: Screen | None, last_id: str) -> CurrentPage:
    """What a stream would have brought since `last_id`, which is empty at first."""
    as_of = revision()
    next_id = ResumeToken(as_of + 1).sealed(viewer)
    if screen is None:
        # The page asks for its regions itself, whenever anything has happened.
        return CurrentPage("", tag_of(str(as_of)), next_id)
    missed = _missed(viewer, resume_tokens.opened(last_id, viewer), as_of, True) if last_id else []
    toasts = [toast(*each.toast) for each in missed or () if each.toast is not None]
    text = screen.whole(as_of) + "".join(toasts)
    return CurrentPage(text, tag_of(text), next_id)


def _established(stream: Stream, last_id: str, missed: list[LiveEvent] | None) -> Iterator[str]:
    groups: dict[str, object] = {"groups": [stream.viewer.group]}
    retry = RETRY_MS if stream.screen is None else None
    if last_id and missed is not None:
        # With the old id: if the client is cut off during the replay, it gets the rest the next
        # time.
        yield message("connection_established", groups, last_id, retry)
        yield from event_messages(missed, stream.viewer, stream.screen is not None)
        return
    start_token = ResumeToken(stream.start + 1).sealed(stream.viewer)
    yield message("connection_established", groups, start_token, retry)
    if missed is None:
        yield message("queue_update", resync().data, start_token)


def _missed(
    viewer: Viewer, since: ResumeToken | None, until: int, on_page: bool
) -> list[LiveEvent] | None:
    """The events since a token; None if they cannot be replayed one by one."""
    oldest, newest = journal.span()
    if since is None or not oldest <= since.number <= newest + 1:
        return None
    memberships = viewer.memberships()
    rows = journal.between(
        since.number,
        until,
        REPLAYED_ROWS + 1,
        viewer.student_id,
        {each.company_id for each in memberships},
    )
    if len(rows) > REPLAYED_ROWS:
        return None
    topics = set(viewer.topics)
    deliveries = [Delivery(row, _was_in(viewer, memberships, row)) for row in rows]
    concerned = [each for each in deliveries if each.in_queue or topics & set(topics_of(each.row))]
    return since.later(live_events(concerned, viewer, on_page))


def _was_in(viewer: Viewer, memberships: tuple[QueueMembership, ...], row: JournalRecord) -> bool:
    """Whether a row changed a queue that the viewer was in then."""
    if viewer.student_id is None:
        return viewer.is_admin or row.company_id == viewer.company_id
    return any(each.covers(row) for each in memberships)
