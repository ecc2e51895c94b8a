"""When each stream is to be written next, even if nothing is delivered to it until then."""

from __future__ import annotations

import heapq
import math
from itertools import count

from jobfair.feed.subscriptions import Subscription

GRID_SECONDS = 0.25
"""Alarms ring together, at most four times a second. Waking up for the heartbeat of each stream
alone took five times as long as the heartbeat itself."""


class Alarms:
    """One time for each subscription, by the monotonic clock in seconds.

    Most alarms are put off many times before they ring, because each write of a stream puts off its
    heartbeat. So the heap keeps the old time. When the old time has come, it looks at the new one.
    """

    def __init__(self) -> None:
        self._at: dict[Subscription, float] = {}
        self._in_heap: dict[Subscription, float] = {}
        self._heap: list[tuple[float, int, Subscription]] = []
        self._numbers = count()

    @property
    def next(self) -> float:
        """When to look again; infinity if there is none."""
        return self._heap[0][0] if self._heap else math.inf

    def set(self, subscription: Subscription, at: float) -> None:
        """Set or move the alarm of a subscription; at infinity it has none."""
        if at == math.inf:
            self.forget(subscription)
            return
        at = math.ceil(at / GRID_SECONDS) * GRID_SECONDS
        self._at[subscription] = at
        if at < self._in_heap.get(subscription, math.inf):
            self._in_heap[subscription] = at
            heapq.heappush(self._heap, (at, next(self._numbers), subscription))

    def forget(self, subscription: Subscription) -> None:
        """Remove the alarm of a subscription."""
        self._at.pop(subscription, None)

    def ringing(self, now: float) -> Subscription | None:
        """Take one whose time has come; None if there is none."""
        while self.next <= now:
            at, _, subscription = heapq.heappop(self._heap)
            if self._in_heap.get(subscription) != at:
                continue
            del self._in_heap[subscription]
            wanted = self._at.pop(subscription, math.inf)
            if wanted <= now:
                return subscription
            self.set(subscription, wanted)
        return None
