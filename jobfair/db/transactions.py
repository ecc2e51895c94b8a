"""Opening the database for a read or a write, and closing it again at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Connection, RootTransaction, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as TurnTimeout

from jobfair.db import full_disk, postgres_wait
from jobfair.db.statements import CompiledStatement
from jobfair.domain.decisions.expiry import CallLength
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Fair

_PHASE, _REVISION = CompiledStatement(select(Fair.phase)), CompiledStatement(select(Fair.revision))
_CALL_LENGTH = CompiledStatement(select(Fair.call_minutes, Fair.calls_last_since))

BUSY_SECONDS = 5.0
BUSY_PAUSE_SECONDS = 0.01

# One writer at a time in this process: the others wait here, where gevent can run something else.
# SQLite would block the whole process inside C code. PostgreSQL might give the lock to a writer of
# ours while this process is busy with something else.
_writer = Lock()
TURN_SECONDS = 10.0


@contextmanager
def read_transaction() -> Iterator[Connection]:
    """A connection for reading: all reads in the block see the same moment.

    It goes back to the pool when the block ends.
    """
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        # Ended by a commit: a read that is rolled back makes psycopg forget all statements that
        # the connection has prepared, and PostgreSQL plan every one of them again.
        with connection.begin():
            yield connection


@contextmanager
def autocommit() -> Iterator[Connection]:
    """A connection for one statement: it saves the BEGIN and COMMIT of a transaction."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


@contextmanager
def unlocked_transaction() -> Iterator[Connection]:
    """A write transaction without the fair's lock, for data that no rule and no live page reads.

    Commits unless an exception passes. Raises OperationalError if SQLite stays busy, TimeoutError
    if earlier writers do not end.
    """
    if db.engine.dialect.name != "sqlite":
        with turn_to_write(), full_disk.watched(), db.engine.begin() as connection:
            postgres_wait.keep_processor(connection)
            yield connection
        return
    with turn_to_write(), db.engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with _begin_when_free(connection):
            yield connection


def is_writing() -> bool:
    """Whether a writer of this process is at work."""
    return _writer.locked()


@contextmanager
def turn_to_write() -> Iterator[None]:
    """Wait until no other writer of this process is at work. Raises TimeoutError."""
    if not _writer.acquire(timeout=TURN_SECONDS):
        raise TurnTimeout("the writers before have not ended")
    try:
        yield
    finally:
        _writer.release()


def begin_on_sqlite(connection: Connection) -> None:
    """Begin a transaction on SQLite; one that is going to write takes the lock at once."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_when_free(connection: Connection) -> RootTransaction:
    # The command line is a second process: wait for it without holding up this one.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return connection.begin()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(BUSY_PAUSE_SECONDS)


def revision() -> int:
    """The number of the journal's newest row."""
    with autocommit() as connection:
        revision: int = _only(connection, _REVISION)
        return revision


def phase_of(connection: Connection) -> Phase:
    """The fair's phase."""
    phase: Phase = _only(connection, _PHASE)
    return phase


def current_phase() -> Phase:
    """The fair's phase now."""
    with autocommit() as connection:
        return phase_of(connection)


def call_minutes_of(connection: Connection) -> int | None:
    """How many minutes a call lasts, None where it lasts until somebody ends it."""
    minutes: int | None
    ((minutes, _since),) = _CALL_LENGTH.rows(connection)
    return minutes


def call_length_of(connection: Connection) -> CallLength:
    """How long a call lasts, and since when this length holds."""
    return call_length(*next(iter(_CALL_LENGTH.rows(connection))))


def call_length(minutes: int | None, since: datetime | None) -> CallLength:
    """The same from the columns of the fair."""
    return CallLength(None if minutes is None else timedelta(minutes=minutes), since)


def _only(connection: Connection, statement: CompiledStatement) -> Any:
    ((value,),) = statement.rows(connection)
    return value
