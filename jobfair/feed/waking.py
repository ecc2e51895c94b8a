"""In which order streams are woken: who acts or is called first, then stands, the crowd last."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from threading import Event
from types import SimpleNamespace

from jobfair.catalogue.records import JournalRecord
from jobfair.feed.subscriptions import Subscription

CROWD_BATCH = 10
CROWD_PAUSE_SECONDS = 0.001
"""So many of the crowd are woken at a time, and between them everybody's requests are served: the
next start is on its way."""

CROWD_PATIENCE_SECONDS = 0.02
"""The crowd waits so long for what follows at once, and is woken once for all of it."""

PRECEDENCE_SECONDS = 0.3
"""Then it waits until those before it are done, but never longer than this, as actions may never
cease and a connection may take nothing."""

_actions = SimpleNamespace(now=0)


@contextmanager
def acting() -> Iterator[None]:
    """While somebody's action is carried out, in which the crowd waits a moment."""
    _actions.now += 1
    try:
        yield
    finally:
        _actions.now -= 1


class WakingOrder:
    """The streams of one process that have something to send and do not know it yet."""

    def __init__(self) -> None:
        self._urgent: dict[Subscription, bool] = {}
        self._woken_first: list[Subscription] = []
        self._crowd: dict[Subscription, None] = {}
        self._crowd_waits = Event()

    def add(self, row: JournalRecord, concerned: Mapping[Subscription, bool]) -> None:
        """Let streams to which a row was delivered be woken.

        Takes for each of them whether the row is about its own student.
        """
        for subscription, is_own in concerned.items():
            if subscription.viewer.sees_at_once(row):
                self._urgent[subscription] = is_own or self._urgent.get(subscription, False)
            else:
                self._crowd[subscription] = None

    def wake_urgent(self) -> None:
        """Wake who sees it at once; then the crowd may be woken.

        Whom a row is about comes first, as it may call them; then stands, whose page takes longer
        to make.
        """
        for subscription in sorted(self._urgent, key=lambda each: not self._urgent[each]):
            subscription.wake()
            self._woken_first.append(subscription)
        self._urgent.clear()
        self._crowd_waits.set()

    def wait_for_crowd(self) -> None:
        """Return when the crowd may be woken."""
        self._crowd_waits.wait()

    def wake_crowd(self) -> None:
        """Wake the crowd, each once for all that has been delivered by then."""
        time.sleep(CROWD_PATIENCE_SECONDS)
        self._crowd_waits.clear()
        deadline = time.monotonic() + PRECEDENCE_SECONDS
        while self._crowd:
            self._let_others_go_first(deadline)
            for subscription in list(islice(self._crowd, CROWD_BATCH)):
                del self._crowd[subscription]
                subscription.wake()
            time.sleep(CROWD_PAUSE_SECONDS)

    def _let_others_go_first(self, deadline: float) -> None:
        """Whoever acts, as the next call depends on it, and whoever is called."""
        while time.monotonic() < deadline and (
            _actions.now or any(each.busy for each in self._woken_first)
        ):
            time.sleep(CROWD_PAUSE_SECONDS)
        self._woken_first = [each for each in self._woken_first if each.busy]
