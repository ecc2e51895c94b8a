"""Removes deleted data that SQLite's files still hold. PostgreSQL does this by itself."""

from __future__ import annotations

import sqlite3

from jobfair.db.transactions import turn_to_write
from jobfair.extensions import db


def empty_log() -> bool:
    """Move the write-ahead log into the database file and empty it.

    Until then the log holds pages as they were before a deletion. Does not wait: returns False if
    somebody is reading or writing.
    """
    return _run((), patience_ms=0)


def wipe(patience_ms: int) -> bool:
    """Write the whole file again, then empty the log. Returns False if it was busy for all that
    time.

    It takes a tenth of a second or more, in which the process does nothing else.
    """
    return _run(("VACUUM",), patience_ms)


def _run(before: tuple[str, ...], patience_ms: int) -> bool:
    if db.engine.dialect.name != "sqlite":
        return True
    with turn_to_write():
        connection = db.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={patience_ms}")
            for statement in before:
                cursor.execute(statement)
            busy, *_rest = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
        except sqlite3.OperationalError:
            return False
        finally:
            # Its timeout must not go back into the pool.
            connection.invalidate()
