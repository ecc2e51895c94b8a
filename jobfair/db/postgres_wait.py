"""Waits for PostgreSQL without letting other greenlets run, for the time that most answers take.

While a statement waits for its answer, gevent runs other greenlets, and each may compute for some
milliseconds. A page of eight statements would take a quarter of a second, though PostgreSQL
answers each within a millisecond; a transition would hold the fair's lock ten times longer than
it needs to. So a connection first blocks the process, and yields only when the database is slower
than that. A reader blocks for a short time, a writer with the fair's lock for longer.

A connection that stays silent is thrown away, as soon as the server says that it has nothing left
to do for it (`silence.py`).

This is also the one door to what psycopg does not document: it passes all its waiting through
`Connection.wait`, as a generator that yields what it waits for (WAIT_R, WAIT_W, or both) and is
sent what is ready (READY_R, READY_W). tests/db/test_internals.py fails on the release that
changes it.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from gevent.monkey import get_original
from psycopg.abc import RV, PQGen
from psycopg.waiting import READY_R, READY_W, WAIT_R, WAIT_W
from sqlalchemy import Connection, Engine, event

from jobfair.db import internals
from jobfair.db.silence import ASKING_SECONDS, SILENT_SECONDS, Asking, is_dead

READS_ALONE_MS = 3
"""How long a reader blocks the process: most answers arrive within 1 ms."""
WRITES_ALONE_MS = 20
"""How long a writer does: enough for a commit on a slow disk, too short to suffer from a database
that hangs."""

STORED_SECONDS = 5
"""How long a transaction may stay open after its pipeline, when little more than the commit is
left."""
HAS_TRANSACTION_TIMEOUT = 170_000
"""The first version of PostgreSQL that has `transaction_timeout`."""

_poll = get_original("select", "poll")


class PromptConnection(psycopg.Connection[Any]):
    """A connection that waits `alone_ms` for the database before it lets others run.

    `ask` opens another connection to the same server.
    """

    alone_ms = READS_ALONE_MS
    ask: Callable[[], Asking] | None = None

    def wait(self, gen: PQGen[RV], *args: Any, **more: Any) -> RV:
        return super().wait(self._alone_first(gen), *args, **more)

    def _alone_first(self, gen: PQGen[RV]) -> PQGen[RV]:
        try:
            wanted = next(gen)
            while True:
                ready = self._ready(wanted, self.alone_ms)
                waiting_since = time.monotonic()
                while not ready:
                    # After some time without an answer psycopg sends that nothing is ready.
                    ready = yield wanted
                    if not ready and time.monotonic() - waiting_since > SILENT_SECONDS:
                        self._end_if_dead(wanted)
                        waiting_since = time.monotonic()
                wanted = gen.send(ready)
        except StopIteration as done:
            result: RV = done.value
            return result

    def _end_if_dead(self, wanted: Any) -> None:
        """Raises OperationalError if no answer will come."""
        has_come = partial(self._ready, wanted, 0)
        if self.ask is not None and is_dead(self.info.backend_pid, self.ask, has_come):
            self.pgconn.finish()
            raise psycopg.OperationalError("the connection passes nothing on any more")

    def _ready(self, wanted: Any, within_ms: int) -> Any:
        poll = _poll()
        reads, writes = bool(wanted & WAIT_R), bool(wanted & WAIT_W)
        poll.register(self.pgconn.socket, reads * select.POLLIN | writes * select.POLLOUT)
        events = sum(event for _, event in poll.poll(within_ms))
        return (READY_R if events & select.POLLIN else 0) | (
            READY_W if events & select.POLLOUT else 0
        )


def prepare(engine: Engine) -> None:
    """Let the engine open connections that wait like this."""

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, args: Any, options: Any) -> PromptConnection:
        connection = PromptConnection.connect(*args, **options)
        options |= {"connect_timeout": ASKING_SECONDS, "autocommit": True}
        connection.ask = partial(Asking.connect, *args, **options)
        return connection

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

    After that the transaction has STORED_SECONDS left. If the database refuses something, raises
    what SQLAlchemy raises, but without the statement.
    """
    driver: object = connection.connection.dbapi_connection
    if not isinstance(driver, PromptConnection):
        yield
        return
    # After a pipeline PostgreSQL does not notice that a transaction is idle. It would hold the
    # fair's lock for as long as this machine is frozen.
    has_timeout = driver.info.server_version >= HAS_TRANSACTION_TIMEOUT
    try:
        with driver.pipeline():
            yield
            if has_timeout:
                driver.execute(f"SET LOCAL transaction_timeout = '{STORED_SECONDS}s'")
        if not has_timeout:
            driver.execute("SELECT 1")
    except psycopg.Error as error:
        raise internals.database_error(connection, error) from error
