"""Waiting for PostgreSQL without letting other greenlets run, as long as most answers take.

While a statement waits for its answer, gevent runs other greenlets, and each may compute for some
milliseconds. A page of eight statements would take a quarter of a second, though PostgreSQL
answers each within a millisecond; a transition would hold the fair's lock ten times longer than
it needs to. So a connection first blocks the process, and yields only when the database is slower
than that. A reader blocks for a short time, a writer with the fair's lock for longer.

This is also the one door to what psycopg does not document: it passes all its waiting through
`Connection.wait`, as a generator that yields what it waits for (WAIT_R, WAIT_W, or both) and is
sent what is ready (READY_R, READY_W). tests/db/test_internals.py fails on the release that
changes it.
"""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from gevent.monkey import get_original
from psycopg.abc import RV, PQGen
from psycopg.waiting import READY_R, READY_W, WAIT_R, WAIT_W
from sqlalchemy import Connection, Engine, event

from jobfair.db import internals

READS_ALONE_MS = 3
"""How long a reader blocks the process: most answers arrive within 1 ms."""
WRITES_ALONE_MS = 20
"""How long a writer does: enough for a commit on a slow disk, too short to suffer from a database
that hangs."""

_poll = get_original("select", "poll")


class PromptConnection(psycopg.Connection[Any]):
    """A connection that waits `alone_ms` for the database before it lets others run."""

    alone_ms = READS_ALONE_MS

    def wait(self, gen: PQGen[RV], *args: Any, **more: Any) -> RV:
        alone = _alone_first(gen, self.pgconn.socket, self.alone_ms)
        return super().wait(alone, *args, **more)


def prepare(engine: Engine) -> None:
    """Let the engine open connections that wait like this."""

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, args: Any, options: Any) -> PromptConnection:
        return PromptConnection.connect(*args, **options)

    @event.listens_for(engine, "checkin")
    def _given_back(connection: PromptConnection | None, _record: Any) -> None:
        if connection is not None:
            connection.alone_ms = READS_ALONE_MS


def keep_processor(connection: Connection) -> None:
    """Let a writer's connection wait for WRITES_ALONE_MS, until it goes back to the pool."""
    driver: object = connection.connection.dbapi_connection
    if isinstance(driver, PromptConnection):
        driver.alone_ms = WRITES_ALONE_MS


@contextmanager
def pipelined(connection: Connection) -> Iterator[None]:
    """Send all statements of the block to PostgreSQL at once, and wait for them at its end.

    Raises what SQLAlchemy raises where the database refuses something, though not for which
    statement.
    """
    driver: object = connection.connection.dbapi_connection
    if not isinstance(driver, PromptConnection):
        yield
        return
    try:
        with driver.pipeline():
            yield
    except psycopg.Error as error:
        raise internals.database_error(connection, error) from error


def _alone_first(gen: PQGen[RV], file: int, alone_ms: int) -> PQGen[RV]:
    try:
        wanted = next(gen)
        while True:
            ready = _ready(file, wanted, alone_ms)
            if not ready:
                ready = yield wanted
            wanted = gen.send(ready)
    except StopIteration as done:
        result: RV = done.value
        return result


def _ready(file: int, wanted: int, alone_ms: int) -> Any:
    poll = _poll()
    poll.register(
        file, (select.POLLIN if wanted & WAIT_R else 0) | (select.POLLOUT if wanted & WAIT_W else 0)
    )
    events = sum(event for _, event in poll.poll(alone_ms))
    return (READY_R if events & select.POLLIN else 0) | (READY_W if events & select.POLLOUT else 0)
