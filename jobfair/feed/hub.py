"""One hub a process: it reads the journal once and wakes the streams that a row concerns."""

from __future__ import annotations

import logging
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from threading import Event, Lock, Thread
from types import SimpleNamespace

from flask import Flask
from flask.globals import app_ctx
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from jobfair import clock, metrics
from jobfair.extensions import PerApp
from jobfair.feed import journal
from jobfair.feed.hints import listener, publisher
from jobfair.feed.journal import JournalRecord
from jobfair.feed.topics import topics_of
from jobfair.feed.viewer import QueueMembership, Viewer

LOOK_EVERY_SECONDS = 1.0
LATE_SECONDS = 10.0
"""A hub that has not read the journal for so long is not working."""
SPELL_BEGINS = ("joined", "completion_undone")
SPELL_ENDS = ("left", "interview_completed", "entry_completed")
"""Rows that begin a student's time in a queue, and that end it."""

BACKLOG = 20_000
"""Rows that may wait for one stream, as many as a whole fair's change brings; a reader slower
than that is let go, and resyncs."""

AT_ONCE = 10
BREATH_SECONDS = 0.001
CROWD_PATIENCE_SECONDS = 0.02
PRECEDENCE_SECONDS = 0.3
"""Of those whom a change concerns from afar, so many are woken at a time, and between them the
loop sees to everybody's requests: the next start is on its way. Whoever acts or is called goes
first: the crowd waits a moment, for what follows at once, and until that is done, or so long in
all where actions never end or a connection takes nothing."""

log = logging.getLogger(__name__)

_number = attrgetter("number")
_hubs: list[Hub] = []
_actions = SimpleNamespace(now=0)
_stopped = Event()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row as it reached a viewer; `in_queue`: it changed a queue they were in just then.

    `since` is the monotonic time at which the hub heard of it.
    """

    row: JournalRecord
    in_queue: bool
    since: float = field(default_factory=time.monotonic)


class Subscription:
    """What one stream listens to: topics, with the journal number from which each counts.

    Topics are `fair`, `companies`, `everything`, `student:5`, `company:7`, `stand:7`, `sign_in:3`;
    a company's queue hears of `company:7`, its stand of `stand:7` too.
    `busy`: it has been woken and has not sent yet what there is to send.
    """

    def __init__(self, viewer: Viewer) -> None:
        self.start = 0
        self.topics = dict.fromkeys(viewer.topics, 0)
        self.ended = False
        self.busy = False
        self._viewer = viewer
        self._heard: deque[Delivery] = deque()
        self._woken = Event()

    def concerns(self, topic: str, row: JournalRecord) -> bool:
        return topic in self.topics and self.topics[topic] <= row.number

    def put(self, row: JournalRecord) -> None:
        in_queue = self._viewer.is_admin or self.concerns(f"company:{row.company_id}", row)
        self._heard.append(Delivery(row, in_queue))
        if len(self._heard) > BACKLOG:
            self.ended = True

    def is_urgent(self, row: JournalRecord) -> bool:
        """Whether the viewer sees this row at once; a queue's crowd waits its turn."""
        viewer = self._viewer
        return not viewer.patient and (viewer.student_id is None or viewer.is_own(row))

    def wake(self) -> None:
        """Let the stream see what has come."""
        self.busy = True
        self._woken.set()

    def begin(self, spells: Iterable[QueueMembership], start: int) -> dict[str, int]:
        """Forget what came while the viewer's queues were looked up; those before `start` are
        told from the journal. Returns the queues to follow."""
        over = {
            each.row.company_id
            for each in self._heard
            if self._viewer.is_own(each.row) and each.row.kind in SPELL_ENDS
        }
        self.start = start
        self._heard.clear()
        return {
            f"company:{spell.company_id}": spell.first
            for spell in spells
            if spell.last is None and spell.company_id not in over
        }

    def end(self) -> None:
        """Make the stream stop at once."""
        self.ended = True
        self.wake()

    def wait(self, seconds: float) -> list[Delivery]:
        """What has come, waiting for the first at most so long."""
        self.busy = self._woken.is_set()
        self._woken.wait(seconds)
        self._woken.clear()
        return [self._heard.popleft() for _ in range(len(self._heard))]


class Hub:
    """The streams of one process, by topic. `last` is the newest journal number dispatched."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._streams: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._poked = Event()
        self._urgent: dict[Subscription, bool] = {}
        self._hurried: list[Subscription] = []
        self._sleepers: dict[Subscription, None] = {}
        self._some_sleep = Event()
        # Nobody may come in between a row's dispatch and its number: they would miss it.
        self._dispatching = Lock()
        self._written: list[JournalRecord] = []
        self._reached = 0
        self._stopping = False
        self.looked_at = time.monotonic()
        with app.app_context():
            self.last = self._reached = journal.span()[1]
        Thread(target=self._look, daemon=True).start()
        Thread(target=self._wake, daemon=True).start()
        if app.config["REDIS_URL"]:
            Thread(target=self._listen, daemon=True).start()

    def open(self, viewer: Viewer) -> Subscription:
        """Start listening. Rows after the subscription's `start` will reach it."""
        subscription = Subscription(viewer)
        with self._dispatching:
            self._follow(subscription, subscription.topics)
        # Only now: a queue joined before this is found, one joined after it is heard of.
        spells = viewer.spells()
        with self._dispatching:
            self._follow(subscription, subscription.begin(spells, self.last))
        if _stopped.is_set():
            subscription.end()
        return subscription

    def _follow(self, subscription: Subscription, topics: dict[str, int]) -> None:
        for topic, number in topics.items():
            subscription.topics[topic] = number
            self._streams[topic].add(subscription)

    def close(self, subscription: Subscription) -> None:
        """Stop listening."""
        for topic in tuple(subscription.topics):
            self._unfollow(subscription, topic)

    def hear(self, number: int, written: Iterable[JournalRecord] = ()) -> None:
        """The journal has reached a number; these rows of it were written by this process."""
        self._written += written
        self._reached = max(self._reached, number)
        if self._reached > self.last:
            self._poked.set()

    def stop(self) -> None:
        """End every stream, and each that is opened from now on."""
        self._stopping = True
        self._poked.set()
        self._some_sleep.set()
        for subscription in set().union(*self._streams.values()):
            subscription.end()

    def streams(self) -> int:
        """How many streams are open."""
        return len(set().union(*self._streams.values()))

    def _look(self) -> None:
        with self._app.app_context():
            while not self._stopping:
                try:
                    rows = self._news()
                    metrics.journal_unread.set(0)
                except SQLAlchemyError as error:
                    # The streams stay open; what happened is read when the database is back.
                    log.warning("journal not read: %s", error)
                    metrics.journal_unread.set(time.monotonic() - self.looked_at)
                    rows = []
                if rows:
                    metrics.journal_delay.observe((clock.now() - rows[0].at).total_seconds())
                for row in rows:
                    with self._dispatching:
                        self._dispatch_or_skip(row)
                self._wake_urgent()
                self._poked.wait(LOOK_EVERY_SECONDS)
                self._poked.clear()

    def _news(self) -> list[JournalRecord]:
        """The rows that follow, from the journal; what this process has written it need not read,
        as long as nobody else wrote in between."""
        written, self._written = self._written, []
        rows = [row for row in sorted(written, key=_number) if row.number > self.last]
        is_all = [row.number for row in rows] == [*range(self.last + 1, self._reached + 1)]
        if is_all and time.monotonic() - self.looked_at < LOOK_EVERY_SECONDS:
            return rows
        rows = journal.since(self.last)
        self.looked_at = time.monotonic()
        return rows

    def _dispatch_or_skip(self, row: JournalRecord) -> None:
        try:
            self._dispatch(row)
        except Exception:
            # One row that nobody foresaw must not silence every page of the hall.
            log.exception("journal row %d not dispatched", row.number)
        self.last = row.number

    def _dispatch(self, row: JournalRecord) -> None:
        own = tuple(self._streams.get(f"student:{row.student_id}", ()))
        queue = f"company:{row.company_id}"
        if row.kind in SPELL_BEGINS:
            for subscription in own:
                self._follow(subscription, {queue: row.number})
        for subscription in self._concerned(row):
            subscription.put(row)
            if subscription.is_urgent(row):
                self._urgent[subscription] = subscription in own or self._urgent.get(
                    subscription, False
                )
            else:
                self._sleepers[subscription] = None
        if row.kind in SPELL_ENDS:
            for subscription in own:
                self._unfollow(subscription, queue)

    def _wake_urgent(self) -> None:
        """Wake whoever sees it at once: whom it is about first, and is called by it, then stands,
        whose page takes longer to make; then the crowd may be woken."""
        for subscription in sorted(self._urgent, key=lambda each: not self._urgent[each]):
            subscription.wake()
            self._hurried.append(subscription)
        self._urgent.clear()
        self._some_sleep.set()

    def _wake(self) -> None:
        """Wake the crowd, each once for all that has come by then."""
        while not self._stopping:
            self._some_sleep.wait()
            time.sleep(CROWD_PATIENCE_SECONDS)
            self._some_sleep.clear()
            until = time.monotonic() + PRECEDENCE_SECONDS
            while self._sleepers:
                self._let_others_go_first(until)
                for subscription in list(islice(self._sleepers, AT_ONCE)):
                    del self._sleepers[subscription]
                    subscription.wake()
                time.sleep(BREATH_SECONDS)

    def _let_others_go_first(self, until: float) -> None:
        """Whoever acts, as the next call depends on it, and whoever is called."""
        while time.monotonic() < until and (
            _actions.now or any(each.busy for each in self._hurried)
        ):
            time.sleep(BREATH_SECONDS)
        self._hurried = [each for each in self._hurried if each.busy]

    def _concerned(self, row: JournalRecord) -> set[Subscription]:
        return {
            subscription
            for topic in topics_of(row)
            for subscription in self._streams.get(topic, ())
            if subscription.concerns(topic, row)
        }

    def _unfollow(self, subscription: Subscription, topic: str) -> None:
        subscription.topics.pop(topic, None)
        streams = self._streams.get(topic, set())
        streams.discard(subscription)
        if not streams:
            self._streams.pop(topic, None)

    def _listen(self) -> None:
        with self._app.app_context():
            while not self._stopping:
                try:
                    for number in listener.heard():
                        self.hear(number)
                except (RedisError, OSError) as error:
                    log.warning("hints not heard: %s", error)
                    time.sleep(LOOK_EVERY_SECONDS)


def _start() -> Hub:
    hub = Hub(app_ctx.app)
    _hubs.append(hub)
    return hub


_hub = PerApp(_start)


def current() -> Hub:
    """The process's hub for the current app, started by its first stream."""
    return _hub.get()


def started() -> Hub | None:
    """The same, if any stream has started it."""
    return _hub.peek()


def is_looking() -> bool:
    """Whether the process's hub, if it has one, has read the journal in the last seconds."""
    hub = started()
    return hub is None or time.monotonic() - hub.looked_at < LATE_SECONDS


@contextmanager
def acting() -> Iterator[None]:
    """While somebody's action is carried out, in which the crowd waits a moment."""
    _actions.now += 1
    try:
        yield
    finally:
        _actions.now -= 1


def send(number: int, written: Iterable[JournalRecord]) -> None:
    """After a commit, which has written these rows: let every hub know that the journal has
    reached `number`."""
    hub = started()
    if hub is not None:
        hub.hear(number, written)
    publisher.look_again(number)


def stop_all() -> None:
    """End every stream of the process and each opened later; called when the server stops."""
    _stopped.set()
    for hub in _hubs:
        hub.stop()
