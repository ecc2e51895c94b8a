"""How SQLite is opened: its transactions are begun by us, not by its driver."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import Connection, event

from jobfair.extensions import db

PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=50")


def prepare(app: Flask) -> None:
    """Set up the app's engine; PostgreSQL needs nothing."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        # Left to itself the driver begins late, and a read that turns into a write then fails
        # at once with "database is locked", whatever the timeout.
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
