"""Opening the database for a read, and closing it again at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, select

from jobfair.db.statements import CompiledStatement
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Fair

_PHASE, _REVISION = CompiledStatement(select(Fair.phase)), CompiledStatement(select(Fair.revision))
_CALL_MINUTES = CompiledStatement(select(Fair.call_minutes))


@contextmanager
def read_transaction() -> Iterator[Connection]:
    """A connection for reading, given back when the block ends; streams hold none meanwhile.

    All that is read in the block is of one moment.
    """
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        # Ended by a commit: a read that is rolled back makes psycopg forget all statements that
        # the connection has prepared, and PostgreSQL plan every one of them anew.
        with connection.begin():
            yield connection


@contextmanager
def autocommit() -> Iterator[Connection]:
    """A connection for one statement, without the two more that a transaction takes."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


def revision() -> int:
    """The number of the journal's newest row."""
    with autocommit() as connection:
        revision: int = _only(connection, _REVISION)
        return revision


def phase_of(connection: Connection) -> Phase:
    """Where the fair stands."""
    phase: Phase = _only(connection, _PHASE)
    return phase


def call_minutes_of(connection: Connection) -> int | None:
    """How many minutes a call lasts, None where it lasts until somebody ends it."""
    minutes: int | None = _only(connection, _CALL_MINUTES)
    return minutes


def _only(connection: Connection, statement: CompiledStatement) -> Any:
    ((value,),) = statement.rows(connection)
    return value
