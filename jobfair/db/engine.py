"""How the database is opened. On SQLite we begin the transactions, not the driver."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from jobfair import metrics
from jobfair.db import postgres_wait, transactions
from jobfair.db.condition import INODE
from jobfair.extensions import db

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "busy_timeout=50",
    # Deleted data are overwritten in the file. A write does not take measurably longer.
    "secure_delete=ON",
)

# Limits for a client that died in the middle of a transaction and for a server that does not
# answer: without them the fair's lock, or a request, would be held until the network gives up.
TIMEOUTS = {
    "idle_in_transaction_session_timeout": "10s",
    "lock_timeout": "10s",
    "statement_timeout": "30s",
}
# Compiling a statement to machine code takes longer than any of ours runs.
PLANNING = {"jit": "off", "plan_cache_mode": "force_generic_plan"}
# Times come in the session's zone; unless it is named, that is the server's or the owner's.
ZONE = {"timezone": "UTC"}
CONNECTING_SECONDS = 5
# For a connection whose other end has gone without notice. If a proxy still answers for that end,
# `silence` detects it.
KEEPALIVE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,  # Milliseconds.
}

PRIVATE = 0o600

USED_AT = "used_at"
TRUSTED_SECONDS = 0.05
"""A connection used so recently is not tried again: no server restarts as fast as that."""


def engine_options(url: str) -> dict[str, Any]:
    """SQLAlchemy's options for a database."""
    # A failing statement is logged; the addresses and tokens in it are not.
    options: dict[str, Any] = {"hide_parameters": True}
    if url.startswith("postgresql"):
        # The last used connection has its statements planned and its caches filled.
        options["pool_use_lifo"] = True
        session = TIMEOUTS | PLANNING | ZONE
        settings = " ".join(f"-c {name}={value}" for name, value in session.items())
        options["connect_args"] = {
            "connect_timeout": CONNECTING_SECONDS,
            "options": settings,
            **KEEPALIVE,
            # Prepared from the second time on: a pool has several connections, and each prepares
            # its own.
            "prepare_threshold": 1,
        }
    return options


def prepare(app: Flask) -> None:
    """Set up the app's engine."""
    with app.app_context():
        engine = db.engine
    event.listen(engine, "checkout", lambda *_: metrics.database_connections.inc())
    event.listen(engine, "checkin", lambda *_: metrics.database_connections.dec())
    if engine.dialect.name != "sqlite":
        postgres_wait.prepare(engine)
        _try_connections(engine)
        return
    event.listen(engine, "do_connect", lambda *_: _keep_private(engine.url.database))
    event.listen(engine, "begin", transactions.begin_on_sqlite)

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: ConnectionPoolEntry) -> None:
        # By default the driver begins late. A read that turns into a write then fails at once with
        # "database is locked", whatever the timeout.
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        record.info[INODE] = Path(engine.url.database or "").stat().st_ino


def _keep_private(database: str | None) -> None:
    """Make the file for its owner alone; SQLite gives the files beside it the same mode."""
    if database is None or database.startswith(":"):
        return
    # If the folder is missing or the file is somebody else's, opening it will say so.
    with suppress(OSError):
        path = Path(database)
        path.touch(mode=PRIVATE)
        path.chmod(PRIVATE)


def _try_connections(engine: Engine) -> None:
    """A restart of the server breaks every pooled connection: each is tried before it is used,
    unless it has just been; trying takes as long as a short statement."""

    @event.listens_for(engine, "checkout")
    def _try(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get(USED_AT, 0.0) < TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    @event.listens_for(engine, "checkin")
    def _note(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[USED_AT] = time.monotonic()
