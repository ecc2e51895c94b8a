"""How many streams one holder may have open at once, over all processes.

A process knows its own streams. On the fair's channel it tells the others how many it holds and
since when: changes after TOGETHER_SECONDS, and everything every ALL_EVERY_SECONDS. All processes
count the same streams in the same order, and each ends its own oldest ones that are too many. So a
bound holds for the whole fair, whatever the number of workers: at once within one worker, and
within a tenth of a second for several. A worker that has just started need not know all streams:
its own are newer than those it has not heard of.

Without Redis, or while it is down, each worker has the bound for itself. The streams of a worker
that has died count until it has been silent for FORGOTTEN_AFTER_SECONDS. Mostly they are older than
the open ones, and then take nobody's place.
"""

from __future__ import annotations

import secrets
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event, Lock

from jobfair.feed.subscriptions import Subscription
from jobfair.feed.viewer import most_streams

TOGETHER_SECONDS = 0.02
"""Streams that open at the same time, as after a restart, are told in one message."""

ALL_EVERY_SECONDS = 30.0
FORGOTTEN_AFTER_SECONDS = 2.5 * ALL_EVERY_SECONDS

TICK = 0.000_001


@dataclass(frozen=True, slots=True)
class Held:
    """When the streams of one process were opened, by holder, in seconds of the epoch.

    `is_all` says that there are no others; without it, the other holders' streams are as before.
    """

    process: str
    held: dict[str, list[float]]
    is_all: bool


@dataclass(slots=True)
class _Elsewhere:
    held: dict[str, list[float]]
    heard_at: float


class Quotas:
    """The open streams of each holder, here and in other processes."""

    def __init__(self) -> None:
        self._process = secrets.token_hex(6)
        self._own: defaultdict[str, dict[Subscription, float]] = defaultdict(dict)
        self._elsewhere: dict[str, _Elsewhere] = {}
        self._latest = 0.0
        self._untold: set[str] = set()
        self._all_at = time.monotonic()
        self._changed = Event()
        self._counting = Lock()

    def admit(self, subscription: Subscription) -> list[tuple[Subscription, str]]:
        """Count a stream that opens.

        Returns the streams of this process that give way to it, each with its holder.
        """
        holders = subscription.viewer.holders
        with self._counting:
            # Later than all others, whatever a clock says: the newest stream must not end.
            self._latest = max(time.time(), self._latest + TICK)
            for holder in holders:
                self._own[holder][subscription] = self._latest
            self._changed_for(holders)
            return [found for holder in holders for found in self._take_excess(holder)]

    def remove(self, subscription: Subscription) -> None:
        """Forget a stream that has ended."""
        with self._counting:
            self._remove(subscription)

    def hear(self, other: Held) -> list[tuple[Subscription, str]]:
        """Note the streams that another process holds. Returns the streams that give way, as
        `admit`."""
        if other.process == self._process:
            return []
        now = time.monotonic()
        with self._counting:
            known = self._elsewhere.setdefault(other.process, _Elsewhere({}, now))
            known.heard_at = now
            if other.is_all:
                known.held = {}
            known.held.update(other.held)
            for name in [n for n, e in self._elsewhere.items() if self._is_forgotten(e, now)]:
                del self._elsewhere[name]
            self._latest = max([self._latest, *(at for ats in other.held.values() for at in ats)])
            concerned = [holder for holder in other.held if holder in self._own]
            return [found for holder in concerned for found in self._take_excess(holder)]

    def news(self) -> Held | None:
        """The changes that the other processes have not been told; None if there are none."""
        now = time.monotonic()
        with self._counting:
            is_all = now >= self._all_at
            holders = set(self._own) if is_all else self._untold
            self._untold = set()
            if is_all:
                self._all_at = now + ALL_EVERY_SECONDS
            if not holders and not is_all:
                return None
            held = {each: list(self._own.get(each, {}).values()) for each in holders}
            return Held(self._process, held, is_all)

    def not_told(self) -> None:
        """The news were lost: tell all the next time."""
        self._all_at = time.monotonic()

    def wait(self) -> None:
        """Return when there is something to tell."""
        if self._changed.wait(ALL_EVERY_SECONDS):
            time.sleep(TOGETHER_SECONDS)
        self._changed.clear()

    def _changed_for(self, holders: tuple[str, ...]) -> None:
        if holders:
            self._untold.update(holders)
            self._changed.set()

    def _take_excess(self, holder: str) -> list[tuple[Subscription, str]]:
        found = list(self._own_excess(holder))
        for subscription, _ in found:
            self._remove(subscription)
        return found

    def _own_excess(self, holder: str) -> Iterator[tuple[Subscription, str]]:
        own = self._own.get(holder, {})
        others = [
            (at, process)
            for process, other in self._elsewhere.items()
            for at in other.held.get(holder, ())
        ]
        excess = len(own) + len(others) - most_streams(holder)
        if excess <= 0:
            return
        by_age = {(at, self._process): subscription for subscription, at in own.items()}
        for each in sorted([*by_age, *others])[:excess]:
            if each in by_age:
                yield by_age[each], holder

    def _remove(self, subscription: Subscription) -> None:
        holders = subscription.viewer.holders
        if not any(subscription in self._own.get(holder, ()) for holder in holders):
            return
        for holder in holders:
            self._own[holder].pop(subscription, None)
            if not self._own[holder]:
                del self._own[holder]
        self._changed_for(holders)

    @staticmethod
    def _is_forgotten(other: _Elsewhere, now: float) -> bool:
        return now - other.heard_at > FORGOTTEN_AFTER_SECONDS
