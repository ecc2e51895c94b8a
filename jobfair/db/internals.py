"""The one door to what SQLAlchemy does not document.

Two things: `Connection.dispatch`, where its listeners are, and `DBAPIError.instance`, which makes
its errors. What psycopg does not document is in `postgres_wait` alone. tests/db/test_internals.py
fails on the release that changes either.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, StatementError


def tell_listeners(connection: Connection, cursor: Any, text: str, values: Any, many: bool) -> None:
    """Call the listeners of `before_cursor_execute` with what the driver is about to run."""
    for listener in connection.dispatch.before_cursor_execute:
        listener(connection, cursor, text, values, None, many)


def database_error(connection: Connection, error: Any, text: str | None = None) -> StatementError:
    """Returns what SQLAlchemy raises for a driver's error, and drops a lost connection.

    The error holds the statement's `text`, and none of its values.
    """
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if is_lost:
        connection.invalidate(error)
    made: StatementError = DBAPIError.instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=dialect,
    )
    return made
