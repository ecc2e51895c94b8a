"""An open stream: a small object that the hub writes to, without a thread of its own."""

from __future__ import annotations

import json
import logging
import math
import secrets
import time
from collections.abc import Iterable, Iterator

from flask import current_app, g
from flask_sse import Message

from jobfair import metrics
from jobfair.catalogue.live_event import LiveEvent, connection_replaced
from jobfair.feed import hub
from jobfair.feed.connection import Connection
from jobfair.feed.subscriptions import Batch, Subscription
from jobfair.feed.viewer import Viewer, most_streams
from jobfair.live.fragments import toast
from jobfair.live.live_events import live_events
from jobfair.live.resume_tokens import ResumeToken
from jobfair.live.screen import Reader, Screen

HEARTBEATS_BETWEEN_CHECKS = 80
"""An event that ends a viewer's access is in the journal and takes effect at once. Access that
expires by itself, such as a sign-in after a week, is checked every twenty minutes: each check is an
SQL statement, and a thousand streams that checked every five minutes took as long for that as for
their heartbeats."""

log = logging.getLogger(__name__)


class Stream(Subscription):
    """A viewer's subscription, with what was last sent to them and the connection.

    Create it within the viewer's request: it takes from there how things are rendered for them.
    """

    __slots__ = (
        "_check_at",
        "_connection",
        "_gives_way_for",
        "_heartbeat_at",
        "_heartbeat_seconds",
        "_hub",
        "_opened_at",
        "_patient_until",
        "_reader",
        "_request_id",
        "resume_from",
        "screen",
    )

    def __init__(self, viewer: Viewer, screen: Screen | None) -> None:
        super().__init__(viewer)
        self.screen = screen
        self.resume_from = ResumeToken(0)
        self._hub = hub.current()
        self._reader = Reader.of_request()
        if screen is not None:
            screen.reader = self._reader
        self._heartbeat_seconds = float(current_app.config["HEARTBEAT_SECONDS"])
        self._connection: Connection | None = None
        self._opened_at = time.monotonic()
        self._request_id = g.get("request_id")
        self._heartbeat_at = self._opened_at + self._heartbeat_seconds
        # Spread over time: after a restart of the server all streams open at once.
        self._check_at = self._heartbeat_at + self._heartbeat_seconds * secrets.randbelow(
            HEARTBEATS_BETWEEN_CHECKS
        )
        self._patient_until = math.inf
        self._gives_way_for: str | None = None

    def connect(self, connection: Connection, opening: str) -> None:
        """Start to send: first the opening, then what the hub delivers."""
        self._connection = connection
        metrics.open_streams.labels(self.viewer.kind).inc()
        connection.send(opening)
        self._hub.write(self)

    def disconnected(self) -> None:
        """Call this when the connection has ended, from either side."""
        self._hub.close(self)
        self.ended = True
        metrics.open_streams.labels(self.viewer.kind).dec()
        seconds = round(time.monotonic() - self._opened_at, 1)
        log.info("stream ended", extra={"seconds": seconds, "request_id": self._request_id})

    def end(self) -> None:
        """End the stream at once."""
        super().end()
        if self._connection is not None:
            self._connection.close()

    def give_way(self, holder: str) -> None:
        """End as soon as the writing loop has told the client why."""
        self._gives_way_for = holder
        self.ended = True
        self._hub.write(self)

    def write(self, now: float) -> float:
        """Send what is due: events, fragments that differ, a heartbeat.

        Returns when to write next, by the monotonic clock.
        """
        if self._connection is None:
            return math.inf
        if self.ended or not self._connection.is_open:
            if self._gives_way_for is not None:
                self._connection.send(self._last_words(self._gives_way_for))
            self._connection.close()
            return math.inf
        if self._may_wait(now):
            return min(self._patient_until, self._heartbeat_at, self._check_at)
        read_until = self._hub.last
        batch = self.take()
        if batch.ends_access or now >= self._check_at:
            self._check_at = now + self._heartbeat_seconds * HEARTBEATS_BETWEEN_CHECKS
            if not self.viewer.allowed():
                self._connection.close()
                return math.inf
        if text := self._text(batch, read_until, now):
            self._heartbeat_at = now + self._heartbeat_seconds
            # In one piece, because each send is a system call.
            self._connection.send(text)
            if batch:
                metrics.shown(self.viewer.kind, time.monotonic() - next(iter(batch)).since)
        return min(self._heartbeat_at, self._check_at)

    def _may_wait(self, now: float) -> bool:
        """Whether the deliveries may be held back for more, within the page's patience."""
        screen, batch = self.screen, self.delivered
        if screen is None or not screen.patience or not batch:
            return False
        if batch.ends_access or any(map(screen.urgent, batch.rows)):
            waits = False
        else:
            self._patient_until = min(self._patient_until, now + screen.patience)
            waits = now < self._patient_until
        if not waits:
            self._patient_until = math.inf
        return waits

    def _last_words(self, holder: str) -> str:
        with self._reader.reading():
            event = connection_replaced(holder.partition(":")[0], most_streams(holder))
        retry = event.data["retry_seconds"] * 1000
        return str(Message(json.dumps(event.data), type=event.name, retry=retry))

    def _text(self, batch: Batch, read_until: int, now: float) -> str:
        screen, text = self.screen, ""
        if batch and (screen is None or self._is_told(batch)):
            with self._reader.reading():
                text = self._event_text(batch)
        if screen is not None and (batch or screen.ages):
            rows = batch.rows
            fragments = screen.changed(rows, rows[-1].number if rows else read_until)
            text += str(Message(fragments)) if fragments else ""
        if not text and (now >= self._heartbeat_at or (batch and self.viewer.has_others)):
            return message("heartbeat", {}, ResumeToken(read_until + 1).sealed(self.viewer))
        return text

    def _is_told(self, batch: Batch) -> bool:
        """Whether a batch may give a page live events, besides what its regions show."""
        viewer = self.viewer
        return (
            viewer.is_admin
            or batch.is_for_all
            or viewer.student_id in batch.students
            or viewer.company_id in batch.by_devices_of
        )

    def _event_text(self, batch: Batch) -> str:
        on_page = self.screen is not None
        events = self.resume_from.later(live_events(batch, self.viewer, on_page))
        return "".join(event_messages(events, self.viewer, on_page))


def event_messages(events: Iterable[LiveEvent], viewer: Viewer, on_page: bool) -> Iterator[str]:
    """Events in the format of the stream; a page also gets their toasts."""
    for event in events:
        token = ResumeToken(event.change, event.index + 1)
        yield message(event.name, event.data, token.sealed(viewer))
        if on_page and event.toast is not None:
            yield str(Message(toast(*event.toast)))


def message(
    name: str, data: dict[str, object], event_id: str | None = None, retry: int | None = None
) -> str:
    """One event in the format of the stream; `retry` is when to come back, in milliseconds."""
    return str(Message(json.dumps(data), type=name, id=event_id, retry=retry))
