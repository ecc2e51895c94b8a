"""What streams listen to: topics, and what has reached each stream."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Event, Lock

from jobfair import catalogue
from jobfair.catalogue.records import JournalRecord
from jobfair.feed.topics import topics_of
from jobfair.feed.viewer import QueueMembership, Viewer

BACKLOG = 20_000
"""Rows that may wait for one stream: as many as one change of the whole fair makes. A slower
reader is disconnected, and gets the whole page when it comes back."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row as it reached a viewer. `in_queue`: it changed a queue that they were in at that time.

    `since` is the monotonic time at which the hub read the row, in seconds.
    """

    row: JournalRecord
    in_queue: bool
    since: float = field(default_factory=time.monotonic)


class Batch:
    """The rows that were delivered and not yet taken, oldest first.

    Subscriptions with the same rows share one batch, so a question about it is answered once, not
    for each of a thousand. A batch is the batch `before` and the `latest` row; the first has
    neither.
    """

    def __init__(self, before: Batch | None = None, latest: Delivery | None = None) -> None:
        self._before, self._latest = before, latest
        self._size = 0 if before is None else len(before) + 1

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Delivery]:
        return iter(self._deliveries)

    @cached_property
    def rows(self) -> list[JournalRecord]:
        """The rows that were delivered."""
        return [each.row for each in self._deliveries]

    @cached_property
    def ends_access(self) -> bool:
        """Whether a row may end a viewer's access."""
        return any(catalogue.of(row.kind).ends_access for row in self.rows)

    @cached_property
    def is_for_all(self) -> bool:
        """Whether a row tells everybody something that no page shows."""
        kinds = [catalogue.of(row.kind) for row in self.rows]
        return any(kind.announcement is not None or kind.resets for kind in kinds)

    @cached_property
    def students(self) -> frozenset[int]:
        """The students whom the rows are about."""
        return frozenset(row.student_id for row in self.rows if row.student_id is not None)

    @cached_property
    def by_devices_of(self) -> frozenset[int]:
        """The companies of which a device has acted; their other devices are told."""
        return frozenset(
            row.actor_id for row in self.rows if row.device is not None and row.actor_id is not None
        )

    @cached_property
    def _deliveries(self) -> list[Delivery]:
        found, batch = [], self
        while batch._before is not None and batch._latest is not None:
            found.append(batch._latest)
            batch = batch._before
        return found[::-1]


NOTHING = Batch()

_handing_over = Lock()
"""Held while rows are added to batches, and while one is taken: else a row would be taken twice."""


class Subscription:
    """The topics of one listener, each with the journal number from which on it gets rows.

    Topics are `fair`, `companies`, `everything`, `student:5`, `company:7`, `stand:7`, `sign_in:3`.
    Those in a company's queue listen to `company:7`; its stand listens to `stand:7` as well.
    What is delivered waits here until the writing loop calls `write`.
    """

    __slots__ = ("delivered", "ended", "start", "topics", "viewer")

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.start = 0
        self.topics: dict[str, int] = {}
        self.ended = False
        self.delivered = NOTHING

    def begin(self, memberships: Iterable[QueueMembership], start: int) -> dict[str, int]:
        """Begin after journal number `start`: earlier rows are not delivered.

        `memberships` are the viewer's, read a moment ago. Returns the topics of those that have
        not ended since.
        """
        ended_since = {
            row.company_id
            for row in self.take().rows
            if self.viewer.is_own(row) and catalogue.of(row.kind).ends_membership
        }
        self.start = start
        return {
            f"company:{each.company_id}": each.first
            for each in memberships
            if each.last is None and each.company_id not in ended_since
        }

    def take(self) -> Batch:
        """What has been delivered; it is delivered only once."""
        with _handing_over:
            taken, self.delivered = self.delivered, NOTHING
        return taken

    def write(self, now: float) -> float:
        """Send what is due. Only the writing loop calls it.

        `now` is the monotonic time in seconds. Returns the time of the next call that is needed
        even if nothing is delivered until then.
        """
        raise NotImplementedError

    def end(self) -> None:
        """Stop listening at once."""
        self.ended = True

    def give_way(self, holder: str) -> None:
        """End, because its holder, such as `account:7`, has opened more streams than it may."""
        self.end()


class Inbox(Subscription):
    """A subscription that a thread of its own waits for."""

    __slots__ = ("_written",)

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._written = Event()

    def write(self, now: float) -> float:
        """Let the thread see what has been delivered."""
        self._written.set()
        return math.inf

    def end(self) -> None:
        super().end()
        self._written.set()

    def wait(self, seconds: float) -> Batch:
        """What has been delivered; waits at most `seconds` for the first."""
        self._written.wait(seconds)
        self._written.clear()
        return self.take()


class Subscriptions:
    """The open streams of one process, by topic."""

    def __init__(self) -> None:
        self._by_topic: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._all: set[Subscription] = set()

    def __len__(self) -> int:
        return len(self._all)

    def all(self) -> set[Subscription]:
        """Every one of them."""
        return self._all.copy()

    def add(self, subscription: Subscription, topics: dict[str, int]) -> None:
        """Subscribe to topics, each from a journal number on."""
        self._all.add(subscription)
        subscription.topics |= topics
        for topic in topics:
            self._by_topic[topic].add(subscription)

    def remove(self, subscription: Subscription) -> None:
        """Unsubscribe from all topics."""
        self._all.discard(subscription)
        for topic in tuple(subscription.topics):
            self._remove(subscription, topic)

    def deliver(self, row: JournalRecord) -> dict[Subscription, bool]:
        """Deliver a row to the subscriptions it concerns, and follow its student's memberships.

        Returns these subscriptions, each with whether the row is about its own student.
        """
        kind = catalogue.of(row.kind)
        own = frozenset(self._by_topic.get(f"student:{row.student_id}", ()))
        queue = f"company:{row.company_id}"
        if kind.begins_membership:
            for subscription in own:
                self.add(subscription, {queue: row.number})
        # A row may concern thousands: here a call for each of them would show.
        concerned = {
            subscription: subscription in own
            for topic in topics_of(row)
            for subscription in self._by_topic.get(topic, ())
            if subscription.topics.get(topic, math.inf) <= row.number
        }
        with _handing_over:
            # The same for all: a row may concern a thousand.
            grown: dict[tuple[Batch, bool], Batch] = {}
            for subscription in concerned:
                listens_since = subscription.topics.get(queue, math.inf)
                in_queue = listens_since <= row.number or subscription.viewer.is_admin
                before = subscription.delivered
                after = grown.get((before, in_queue))
                if after is None:
                    after = grown[before, in_queue] = Batch(before, Delivery(row, in_queue))
                subscription.delivered = after
                if len(before) >= BACKLOG:
                    subscription.ended = True
        if kind.ends_membership:
            for subscription in own:
                self._remove(subscription, queue)
        return concerned

    def _remove(self, subscription: Subscription, topic: str) -> None:
        subscription.topics.pop(topic, None)
        listening = self._by_topic.get(topic, set())
        listening.discard(subscription)
        if not listening:
            self._by_topic.pop(topic, None)
