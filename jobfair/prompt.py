"""While a process has the fair's lock, or is about to get it, it does nothing else (PostgreSQL).

Every statement lets other greenlets run until its answer comes, and each of those computes for
a millisecond or two before the next gets its turn: a transition of a dozen statements would hold
the lock ten times longer than it takes. So its connection waits for an answer by itself first,
and yields only when the database is slower than that.
"""

from __future__ import annotations

import select
from typing import Any

import psycopg
from gevent.monkey import get_original
from psycopg.abc import RV, PQGen
from psycopg.waiting import READY_R, READY_W, WAIT_R, WAIT_W
from sqlalchemy import Connection, Engine, event

WAITS_ALONE_MS = 20
"""How long nobody else may run: a commit on a slow disk, not a database that hangs."""

_poll = get_original("select", "poll")


class PromptConnection(psycopg.Connection[Any]):
    """A connection that, while `hurried`, waits for the database without letting others run."""

    hurried = False

    def wait(self, gen: PQGen[RV], *args: Any, **more: Any) -> RV:
        if self.hurried:
            gen = _alone_first(gen, self.pgconn.socket)
        return super().wait(gen, *args, **more)


def prepare(engine: Engine) -> None:
    """Let the engine's connections be prompt."""

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, args: Any, options: Any) -> PromptConnection:
        return PromptConnection.connect(*args, **options)

    @event.listens_for(engine, "checkin")
    def _given_back(connection: PromptConnection | None, _record: Any) -> None:
        if connection is not None:
            connection.hurried = False


def hurry(connection: Connection) -> None:
    """From here to the transaction's end hardly anybody else runs in this process."""
    driver: object = connection.connection.dbapi_connection
    if isinstance(driver, PromptConnection):
        driver.hurried = True


def _alone_first(gen: PQGen[RV], file: int) -> PQGen[RV]:
    try:
        wanted = next(gen)
        while True:
            ready = _ready(file, wanted)
            if not ready:
                ready = yield wanted
            wanted = gen.send(ready)
    except StopIteration as done:
        result: RV = done.value
        return result


def _ready(file: int, wanted: int) -> Any:
    poll = _poll()
    poll.register(
        file, (select.POLLIN if wanted & WAIT_R else 0) | (select.POLLOUT if wanted & WAIT_W else 0)
    )
    events = sum(event for _, event in poll.poll(WAITS_ALONE_MS))
    return (READY_R if events & select.POLLIN else 0) | (READY_W if events & select.POLLOUT else 0)
