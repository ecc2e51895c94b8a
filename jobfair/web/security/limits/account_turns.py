"""The changes of one student are carried out one at a time, and no faster than a person can tap.

Eight programs that paused and resumed one account without end made everybody else's changes eight
times as slow.
"""

from __future__ import annotations

import time
from threading import Lock

from flask import Flask, g, request
from flask_login import current_user

from jobfair.exceptions import Problem, RequestCode
from jobfair.extensions import PerApp
from jobfair.web.security.browsers import csrf

AT_ONCE = 30
PACE_SECONDS = 0.1
"""AT_ONCE changes are carried out as they come; each further one waits for PACE_SECONDS."""

MOST_WAITING = 24
"""More requests of one student at the same time are refused."""


class Turn:
    """The turn to change something, among the requests of one student."""

    def __init__(self) -> None:
        self.waiting = 0
        self._lock = Lock()
        self._paid_until = 0.0

    def take(self) -> None:
        """Wait for the turn. Call `give` afterwards."""
        self.waiting += 1
        self._lock.acquire()
        now = time.monotonic()
        self._paid_until = max(self._paid_until, now) + PACE_SECONDS
        time.sleep(max(0.0, self._paid_until - now - AT_ONCE * PACE_SECONDS))

    def give(self) -> None:
        """Let the next request have it."""
        self.waiting -= 1
        self._lock.release()


_turns: PerApp[dict[int, Turn]] = PerApp(dict)
"""By student, in this process."""


def init_app(app: Flask) -> None:
    """Let the requests of a student that may change something take turns."""
    app.before_request(_take)
    app.teardown_request(_give)


def _take() -> None:
    if request.method in csrf.SAFE_METHODS or not current_user.is_authenticated:
        return
    if current_user.student_id is None:
        return
    turn = _turns.get().setdefault(current_user.student_id, Turn())
    if turn.waiting >= MOST_WAITING:
        raise Problem(RequestCode.TOO_MANY)
    turn.take()
    g.turn = turn


def _give(_error: BaseException | None) -> None:
    turn: Turn | None = g.pop("turn", None)
    if turn is not None:
        turn.give()
