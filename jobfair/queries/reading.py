"""Opening the database for a read, and closing it again at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select
from sqlalchemy.engine.interfaces import IsolationLevel

from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Fair

_PHASE, _REVISION = select(Fair.phase), select(Fair.revision)
_CALL_MINUTES = select(Fair.call_minutes)


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for reading, given back when the block ends; streams hold none meanwhile.

    All that is read in the block is of one moment.
    """
    with _connected("REPEATABLE READ") as connection:
        yield connection


@contextmanager
def asking() -> Iterator[Connection]:
    """A connection for one statement, without the two more that a transaction takes."""
    with _connected("AUTOCOMMIT") as connection:
        yield connection


@contextmanager
def _connected(isolation: IsolationLevel) -> Iterator[Connection]:
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level=isolation)
        yield connection
        # A read that is rolled back, as it would be otherwise, makes psycopg forget all statements
        # that the connection has prepared, and PostgreSQL plan every one of them anew.
        connection.commit()


def revision() -> int:
    """The number of the journal's newest row."""
    with asking() as connection:
        return connection.execute(_REVISION).scalar_one()


def phase_of(connection: Connection) -> Phase:
    """Where the fair stands."""
    return connection.execute(_PHASE).scalar_one()


def call_minutes_of(connection: Connection) -> int | None:
    """How many minutes a call lasts, None where it lasts until somebody ends it."""
    return connection.execute(_CALL_MINUTES).scalar_one()
