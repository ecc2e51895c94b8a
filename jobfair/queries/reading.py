"""Opening the database for a read, and closing it again at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select

from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Fair


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for reading, given back when the block ends; streams hold none meanwhile.

    All that is read in the block is of one moment.
    """
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def revision() -> int:
    """The number of the journal's newest row."""
    with reading() as connection:
        return connection.execute(select(Fair.revision)).scalar_one()


def phase_of(connection: Connection) -> Phase:
    """Where the fair stands."""
    return connection.execute(select(Fair.phase)).scalar_one()
