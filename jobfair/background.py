"""Background loops, which run for as long as their process does.

No exception ends a loop, whatever its type. Without its hub a worker would update no page; without
its ticker no call would expire; and nobody would see why.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from threading import Thread

from flask import Flask

from jobfair.extensions import PerApp

RETRY_SECONDS = 1.0
"""The pause after an error: a database or Redis that is down is mostly back soon."""

Work = Callable[[], Iterator[None] | None]
"""One round of a loop: a function, or a generator that yields each time all is well."""

log = logging.getLogger(__name__)


def let_others_run() -> None:
    """Let other requests of this process run first: under gevent all share one thread."""
    time.sleep(0)


class Loop:
    """Work that is repeated in a thread of its own (a greenlet under gevent).

    An exception is logged and the loop goes on. The same exception in a row is logged once.
    """

    def __init__(self, app: Flask, name: str, work: Work, wait: Callable[[], object]) -> None:
        self.name = name
        self._app = app
        self._work = work
        self._wait = wait
        self._error: type[Exception] | None = None
        self._stopping = False

    @property
    def is_failing(self) -> bool:
        """Whether no round has succeeded since the last error."""
        return self._error is not None

    def start(self) -> None:
        """Start the thread. Returns at once."""
        Thread(target=self._go_on, name=self.name, daemon=True).start()

    def stop(self) -> None:
        """Start no further round. A wait in progress is not interrupted."""
        self._stopping = True

    def round(self) -> bool:
        """Do the work once, in its own application context. Returns whether it succeeded."""
        try:
            with self._app.app_context():
                for _ in self._work() or ():
                    self._went_well()
                    if self._stopping:
                        break
            self._went_well()
        except Exception as error:
            if type(error) is not self._error:
                log.exception("%s: failed", self.name)
            self._error = type(error)
        return not self.is_failing

    def _went_well(self) -> None:
        if self.is_failing:
            log.warning("%s: goes on", self.name)
        self._error = None

    def _go_on(self) -> None:
        while not self._stopping:
            if self.round():
                self._wait()
            else:
                time.sleep(RETRY_SECONDS)


_loops: PerApp[list[Loop]] = PerApp(list)


def start(app: Flask, name: str, work: Work, wait: Callable[[], object] | float) -> Loop:
    """Start a background loop of an app.

    `name` is its name in the log and in `/health`, `work` is one round. `wait` is the pause
    between two rounds, in seconds, or a function that returns when there is more to do.
    """
    pause = wait if callable(wait) else partial(time.sleep, wait)
    loop = Loop(app, name, work, pause)
    with app.app_context():
        _loops.get().append(loop)
    loop.start()
    return loop


def loops() -> list[Loop]:
    """The loops of the current app."""
    return list(_loops.get())
