"""Whose hash is made next: each takes a core for tens of milliseconds, and anybody may ask for one.

Devices that are known have turns of their own. In one line with the others they would wait behind a
hash that a busy machine puts off, as those of strangers give way to everything else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from gevent.event import Event

from jobfair.security.hashing.fair_queue import FairQueue, Sender

MOST_WAITING = 100
"""Of strangers' hashes in one process: some seconds' work of its share of two cores."""

THIS_SERVER = Sender("", "", known=True)
"""Who asks outside a request: a command."""

sender: ContextVar[Callable[[], Sender]] = ContextVar("sender", default=lambda: THIS_SERVER)
"""Says who asks, once a hash is to be made. Set for each request."""


class TooManyWait(Exception):
    """Too many hashes wait, and this one is refused. Never for a known device."""


class Turn:
    """One that waits for its turn."""

    def __init__(self) -> None:
        self.come = Event()
        self.refused = False
        self.given_up = False


class Turns:
    """At most `at_once` hashes are made at the same time; the others wait in a fair queue."""

    def __init__(self, at_once: int, waiting: FairQueue[Turn]) -> None:
        self._free = at_once
        self._waiting = waiting
        self._lock = Lock()

    @contextmanager
    def turn(self, whose: Sender) -> Iterator[None]:
        """Wait for the turn, and keep it for the block. Raises TooManyWait."""
        self._wait(whose)
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self, whose: Sender) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = Turn()
            dropped = self._waiting.put(turn, whose)
            if dropped is not None:
                dropped.refused = True
                dropped.come.set()
        try:
            turn.come.wait()
        except BaseException:
            # The request is ended while it waits. Its turn may have come at that moment.
            turn.given_up = True
            if turn.come.is_set() and not turn.refused:
                self._pass_on()
            raise
        if turn.refused:
            raise TooManyWait

    def _pass_on(self) -> None:
        with self._lock:
            while len(self._waiting):
                turn = self._waiting.take()
                if not turn.given_up:
                    turn.come.set()
                    return
            self._free += 1


CORES = os.cpu_count() or 1

known = Turns(CORES, FairQueue())
strangers = Turns(CORES, FairQueue(MOST_WAITING))
