"""Whether the database can do its work, as `/health` reports it."""

from __future__ import annotations

import os
import shutil
from enum import StrEnum
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, text, update
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from jobfair.db import full_disk
from jobfair.db.transactions import autocommit, unlocked_transaction
from jobfair.extensions import PerApp, db
from jobfair.models import Fair

ENOUGH_BYTES = 16 * 1024**2
"""Free space with which a database file can still grow for a while."""

INODE = "inode"
"""The key under which a connection to SQLite stores the inode of the file that it has opened."""


class Condition(StrEnum):
    OK = "ok"
    FAILING = "failing"
    READ_ONLY = "read-only"
    FILE_REMOVED = "file removed"
    DISK_FULL = "disk full"
    OLDER_SCHEMA = "older schema: run flask --app wsgi db upgrade"


def condition() -> Condition:
    """What is wrong with the database, or that nothing is."""
    try:
        with autocommit() as connection:
            is_sqlite = connection.dialect.name == "sqlite"
            found = _of_file(connection) if is_sqlite else _of_server(connection)
            if found == Condition.OK and _has_older_schema(connection):
                return Condition.OLDER_SCHEMA
            return found
    except SQLAlchemyError:
        return Condition.FAILING


def _of_server(connection: Connection) -> Condition:
    asked = text("SELECT current_setting('transaction_read_only')")
    if connection.scalar(asked) == "on":
        return Condition.READ_ONLY
    if full_disk.was_found() and not _has_room_again():
        return Condition.DISK_FULL
    return Condition.OK


def _has_room_again() -> bool:
    # Try it here: for hours there may be no other write that would show it.
    try:
        with unlocked_transaction() as connection:
            connection.execute(update(Fair).values(revision=Fair.revision))
    except SQLAlchemyError:
        return False
    return True


def _of_file(connection: Connection) -> Condition:
    path = Path(db.engine.url.database or "")
    # Another file of this name may have replaced the one that we write to.
    if not path.exists() or path.stat().st_ino != connection.info[INODE]:
        return Condition.FILE_REMOVED
    if shutil.disk_usage(path.parent).free < ENOUGH_BYTES:
        return Condition.DISK_FULL
    # SQLite makes files beside it.
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return Condition.READ_ONLY
    return Condition.OK


def _has_older_schema(connection: Connection) -> bool:
    newest, older = _revisions.get()
    try:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except DatabaseError:
        return True
    return found is None or (found != newest and found in older)


def _read_revisions() -> tuple[str | None, frozenset[str]]:
    config = current_app.extensions["migrate"].migrate.get_config()
    newest, *older = (
        each.revision for each in ScriptDirectory.from_config(config).walk_revisions()
    )
    return newest, frozenset(older)


_revisions = PerApp(_read_revisions)
