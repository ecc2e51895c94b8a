"""The order in which claimed pushes leave: no endpoint that does not answer delays another's call.

One push is on its way for each student and host, and students take turns. A host that has not
answered lately gets a few at once, and one that fails again and again gets none for a while.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, deque
from threading import Condition
from urllib.parse import urlsplit

from jobfair.web_push.pushes import ClaimedPush

AT_ONCE = 32
AT_ONCE_TO_A_STRANGER = 4
"""To a host that has not answered lately: eight such hosts leave no sender free."""

ANSWERED_SECONDS = 60.0
MOST_FAILURES = 3
"""After this many in a row a host, or an endpoint, gets nothing for REST_SECONDS."""

REST_SECONDS = 30.0

Lane = tuple[str, int]
"""A host and a student."""


class OutboundQueue:
    """The claimed pushes of one process."""

    def __init__(self) -> None:
        # The lane that was served last is the last one.
        self._waiting: OrderedDict[Lane, deque[ClaimedPush]] = OrderedDict()
        self._in_flight: set[Lane] = set()
        self._of_host: Counter[str] = Counter()
        self._answered_at: dict[str, float] = {}
        self._failures: Counter[str | int] = Counter()
        self._rests_until: dict[str | int, float] = {}
        self._changed = Condition()

    def put(self, push: ClaimedPush) -> None:
        """Let a push leave when it is its turn."""
        with self._changed:
            self._waiting.setdefault(_lane(push), deque()).append(push)
            self._changed.notify()

    def take(self) -> ClaimedPush:
        """Wait for the next push that may leave. Call `done` for it afterwards."""
        with self._changed:
            while (lane := self._next()) is None:
                self._changed.wait()
            push = self._waiting[lane].popleft()
            self._waiting.move_to_end(lane)
            if not self._waiting[lane]:
                del self._waiting[lane]
            self._in_flight.add(lane)
            self._of_host[lane[0]] += 1
            return push

    def done(self, push: ClaimedPush, answered: bool | None) -> None:
        """A push has left, or failed. `answered` is None if its host was not asked."""
        lane = _lane(push)
        with self._changed:
            self._in_flight.discard(lane)
            self._of_host[lane[0]] -= 1
            if answered is not None:
                self._note(lane[0], answered)
                self._note(push.subscription_id, answered)
            self._changed.notify_all()

    def rests(self, push: ClaimedPush) -> bool:
        """Whether its host or its endpoint has failed so often that it is not asked now."""
        now = time.monotonic()
        keys = (_lane(push)[0], push.subscription_id)
        return any(self._rests_until.get(key, now) > now for key in keys)

    def _next(self) -> Lane | None:
        return next(
            (
                lane
                for lane in self._waiting
                if lane not in self._in_flight and self._of_host[lane[0]] < self._most(lane[0])
            ),
            None,
        )

    def _most(self, host: str) -> int:
        answered_at = self._answered_at.get(host)
        lately = answered_at is not None and time.monotonic() - answered_at < ANSWERED_SECONDS
        return AT_ONCE if lately else AT_ONCE_TO_A_STRANGER

    def _note(self, key: str | int, answered: bool) -> None:
        """Count what came of asking a host, or an endpoint by its subscription's id."""
        if answered:
            self._failures.pop(key, None)
            self._rests_until.pop(key, None)
            if isinstance(key, str):
                self._answered_at[key] = time.monotonic()
            return
        self._failures[key] += 1
        if self._failures[key] >= MOST_FAILURES:
            self._rests_until[key] = time.monotonic() + REST_SECONDS


def _lane(push: ClaimedPush) -> Lane:
    return urlsplit(push.endpoint).netloc, push.student_id
