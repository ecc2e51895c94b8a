"""What a process does in the background for as long as it lives.

No error ends it, of whatever kind: without its hub no page of a worker is kept right, without its
clock no call runs out, and nobody would see why.
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
"""After an error: what is away, a database or Redis, is mostly back soon."""

Work = Callable[[], Iterator[None] | None]
"""One round: a function, or a generator that yields whenever all is well."""

log = logging.getLogger(__name__)


class Loop:
    """Work that is done again and again, in a thread: a greenlet, once the server has patched them.

    An error is logged, and the work goes on; while it is the same error, it is logged once.
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
        """Whether the work has gone well at no time since the last error."""
        return self._error is not None

    def start(self) -> None:
        """Begin; this returns at once."""
        Thread(target=self._go_on, name=self.name, daemon=True).start()

    def stop(self) -> None:
        """Begin no further round. What the loop waits for is not cut short."""
        self._stopping = True

    def round(self) -> bool:
        """Do the work once, in an application context of its own; returns whether it went well."""
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
    """Let an app do something again and again.

    Takes the name that the log and `/health` call it by, one round of the work, and what passes
    between two rounds: so many seconds, or what returns when there is more to do.
    """
    pause = wait if callable(wait) else partial(time.sleep, wait)
    loop = Loop(app, name, work, pause)
    with app.app_context():
        _loops.get().append(loop)
    loop.start()
    return loop


def loops() -> list[Loop]:
    """Those of the current app."""
    return list(_loops.get())
