"""One hub a process: it reads the journal once and wakes the streams that a row concerns."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from operator import attrgetter
from threading import Event, Lock

from flask import Flask, current_app
from flask.globals import app_ctx

from jobfair import background, clock, metrics
from jobfair.catalogue.records import JournalRecord
from jobfair.extensions import PerApp
from jobfair.feed import journal
from jobfair.feed.hints import announced, hints
from jobfair.feed.quotas import Held, Quotas
from jobfair.feed.subscriptions import Inbox, Subscription, Subscriptions
from jobfair.feed.viewer import Viewer
from jobfair.feed.writing import WritingLoop
from jobfair.wording.times import local_time

LOOK_EVERY_SECONDS = 1.0
LATE_SECONDS = 10.0
"""A hub that has not read the journal for so long is not working."""

log = logging.getLogger(__name__)

_number = attrgetter("number")
_hubs: list[Hub] = []
_stopped = Event()


class Hub:
    """The streams of one process. `last` is the newest journal number dispatched to them."""

    def __init__(self, app: Flask) -> None:
        self._subscriptions = Subscriptions()
        self._writing = WritingLoop()
        self._quotas = Quotas()
        # No stream may be added between a row's dispatch and the new `last`: it would miss the row.
        self._dispatching = Lock()
        self._announced = announced.get()
        self.last = self._announced.reached
        self.looked_at = time.monotonic()
        self._loops = [
            background.start(app, "journal reader", self._read_journal, self._wait),
            background.start(app, "stream writer", self._write, 0),
        ]
        if hints.redis is not None:
            self._loops += [
                background.start(app, "hint listener", self._listen, 0),
                background.start(app, "stream counter", self._tell, self._quotas.wait),
            ]

    def listen(self, viewer: Viewer) -> Inbox:
        """Start delivering to an inbox, which its thread reads, from its `start` on."""
        inbox = Inbox(viewer)
        self.open(inbox)
        return inbox

    def open(self, subscription: Subscription) -> None:
        """Start delivering. Rows after the subscription's `start` will reach it.

        If its holder now has too many streams, the oldest ends.
        """
        self._end_excess(self._quotas.admit(subscription))
        viewer = subscription.viewer
        with self._dispatching:
            self._subscriptions.add(subscription, dict.fromkeys(viewer.topics, 0))
        # Read only now: a queue joined before is in the database, one joined after is in the
        # journal.
        memberships = viewer.memberships()
        with self._dispatching:
            queues = subscription.begin(memberships, self.last)
            self._subscriptions.add(subscription, queues)
        if _stopped.is_set():
            subscription.end()

    def write(self, subscription: Subscription) -> None:
        """Let the writing loop write a subscription as soon as possible."""
        self._writing.add_at_once(subscription)

    def close(self, subscription: Subscription) -> None:
        """Deliver no more."""
        self._quotas.remove(subscription)
        self._subscriptions.remove(subscription)
        self._writing.forget(subscription)

    def stop(self) -> None:
        """End all streams, and every stream that is opened later."""
        for loop in self._loops:
            loop.stop()
        self._announced.wake()
        self._writing.wake()
        self._end_all()

    def streams(self) -> int:
        """How many streams are open."""
        return len(self._subscriptions)

    @staticmethod
    def _end_excess(excess: Iterable[tuple[Subscription, str]]) -> None:
        for subscription, holder in excess:
            subscription.give_way(holder)

    def _end_all(self) -> None:
        for subscription in self._subscriptions.all():
            subscription.end()

    def _wait(self) -> None:
        self._announced.wait(LOOK_EVERY_SECONDS)

    def _read_journal(self) -> None:
        """Dispatch what is new in the journal."""
        try:
            rows = self._new_rows()
        except Exception:
            metrics.journal_unread.set(time.monotonic() - self.looked_at)
            raise
        metrics.journal_unread.set(0)
        if rows:
            metrics.journal_delay.observe((clock.now() - rows[0].at).total_seconds())
        for row in rows:
            with self._dispatching:
                self._dispatch(row)
        self._writing.wake()

    def _new_rows(self) -> list[JournalRecord]:
        """The rows after the last one dispatched.

        Rows that this process has written are not read again, unless another process wrote in
        between.
        """
        written = sorted(self._announced.take(), key=_number)
        rows = [row for row in written if row.number > self.last]
        # Whether these numbers have no gap, up to the highest number that was announced.
        reached = self._announced.reached
        is_all = max(reached, rows[-1].number if rows else 0) == self.last + len(rows)
        if is_all and time.monotonic() - self.looked_at < LOOK_EVERY_SECONDS:
            return rows
        revision, rows = journal.since(self.last)
        self._announced.note(rows)
        self.looked_at = time.monotonic()
        if revision < self.last:
            self._restart_from(revision)
        if self._announced.reached == reached:
            # Somebody may have announced a number that the journal has not reached.
            self._announced.reached = revision
        return rows

    def _restart_from(self, revision: int) -> None:
        """Start again after the journal has lost its last rows, as after a database failover.

        Their numbers will be used again, so no stream can go on from its number: each ends, and
        its client reconnects and gets the whole page.
        """
        log.warning("the journal went back from %d to %d", self.last, revision)
        journal.forget_derived()
        with self._dispatching:
            self.last = revision
        self._end_all()

    def _dispatch(self, row: JournalRecord) -> None:
        try:
            self._writing.add(row, self._subscriptions.deliver(row))
        except Exception:
            # One bad row must not stop the updates of all pages.
            log.exception("journal row %d not dispatched", row.number)
        self.last = row.number

    def _write(self) -> Iterator[None]:
        """Write the streams, all in one request context, which partials need for `url_for`."""
        with current_app.test_request_context():
            while True:
                # An organiser may have set another time zone since.
                local_time.look_again()
                self._writing.round()
                yield
                self._writing.wait()

    def _listen(self) -> Iterator[None]:
        """Pass on the hints of other processes, and count the streams that they hold."""
        for heard in hints.heard():
            if isinstance(heard, Held):
                self._end_excess(self._quotas.hear(heard))
            elif heard is not None:
                self._announced.add(heard)
            yield

    def _tell(self) -> None:
        """Tell other processes which streams this one holds."""
        news = self._quotas.news()
        if news is not None and not hints.tell(news):
            self._quotas.not_told()


def _start() -> Hub:
    hub = Hub(app_ctx.app)
    _hubs.append(hub)
    return hub


_hub = PerApp(_start)


def current() -> Hub:
    """The process's hub for the current app. The first call starts it."""
    return _hub.get()


def started() -> Hub | None:
    """The same, or None while no stream has started it."""
    return _hub.peek()


def is_looking() -> bool:
    """Whether the process's hub has read the journal within LATE_SECONDS, or there is no hub."""
    hub = started()
    return hub is None or time.monotonic() - hub.looked_at < LATE_SECONDS


def account_changes() -> int | None:
    """How many changes of accounts the process's hub has heard of; None if it may miss one. It
    hears of another process's changes within a second.
    """
    hub = started()
    if hub is None or time.monotonic() - hub.looked_at > 2 * LOOK_EVERY_SECONDS:
        return None
    return announced.get().account_changes


def stop_all() -> None:
    """End all streams of the process, and those opened later. Called when the server stops."""
    _stopped.set()
    for hub in _hubs:
        hub.stop()
