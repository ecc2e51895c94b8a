"""A connection that passes nothing on any more is thrown away; one that is slow is not."""

import time
from contextlib import ExitStack
from threading import Thread

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from jobfair import create_app
from jobfair.db import postgres_wait, silence
from jobfair.db.silence import SILENT_SECONDS
from jobfair.db.transactions import autocommit, read_transaction, revision, unlocked_transaction
from jobfair.extensions import db
from jobfair.models import Fair
from tests.conftest import settings
from tests.support import factories
from tests.support.silent_proxy import SilentProxy

SOON = SILENT_SECONDS + 1.0
CHANGE = update(Fair).values(call_minutes=5)
LOCK = select(Fair.id).with_for_update(key_share=True)


@pytest.fixture
def app(app_on_both_databases):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no connections")
    return app_on_both_databases


@pytest.fixture
def proxy(app):
    proxy = SilentProxy(app.config["SQLALCHEMY_DATABASE_URI"])
    yield proxy
    proxy.close()


@pytest.fixture
def behind(proxy):
    """The same fair, through the proxy."""
    app = create_app(settings(proxy.url))
    with app.app_context():
        yield proxy
        db.engine.dispose()


def read(silence):
    with read_transaction() as connection:
        silence()
        connection.execute(select(Fair.id))


def read_one(silence):
    with autocommit() as connection:
        silence()
        connection.execute(select(Fair.id))


def end_a_read(silence):
    with read_transaction() as connection:
        connection.execute(select(Fair.id))
        silence()


def lock(silence):
    with unlocked_transaction() as connection:
        silence()
        connection.execute(LOCK)


def write(silence):
    with unlocked_transaction() as connection:
        connection.execute(LOCK)
        silence()
        connection.execute(CHANGE)


def write_together(silence):
    with unlocked_transaction() as connection:
        connection.execute(LOCK)
        with postgres_wait.pipelined(connection):
            silence()
            connection.execute(CHANGE)


def commit(silence):
    with unlocked_transaction() as connection:
        connection.execute(LOCK)
        silence()


MOMENTS = [read, read_one, end_a_read, lock, write, write_together, commit]


@pytest.mark.parametrize("moment", MOMENTS)
def test_somebody_who_meets_silence_is_told_soon_and_the_next_writer_goes_on(behind, moment):
    start = time.monotonic()
    with pytest.raises(OperationalError) as told:
        moment(behind.silence)
    assert told.value.connection_invalidated
    assert time.monotonic() - start < SOON
    start = time.monotonic()
    factories.student()
    assert time.monotonic() - start < 0.5


def test_connections_that_fell_silent_in_the_pool_cost_one_wait(behind):
    with ExitStack() as held:
        for _ in range(5):
            held.enter_context(db.engine.connect()).execute(select(Fair.id))
    behind.silence()
    time.sleep(0.1)  # Until a connection is tried before it is used.
    start = time.monotonic()
    revision()
    factories.student()
    assert time.monotonic() - start < SOON


@pytest.fixture
def asked(monkeypatch):
    """How often a connection was held for dead, or not."""
    asked, is_dead = [], silence.is_dead

    def noted(*about):
        asked.append(is_dead(*about))
        return asked[-1]

    monkeypatch.setattr(postgres_wait, "is_dead", noted)
    return asked


def test_a_slow_statement_is_waited_for(behind, asked):
    with autocommit() as connection:
        connection.execute(text(f"SELECT pg_sleep({SILENT_SECONDS + 0.5})"))
    assert asked == [False]


def test_a_lock_is_waited_for(behind, asked):
    def hold():
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(LOCK)
            holding.append(True)
            time.sleep(SILENT_SECONDS + 1)  # Another process that is slow.
        with app.app_context():
            db.engine.dispose()

    app, holding = create_app(settings(behind.url)), []
    holder = Thread(target=hold)
    holder.start()
    while not holding:
        time.sleep(0.01)  # Until it is locked.
    with unlocked_transaction() as connection:
        connection.execute(LOCK)
    holder.join()
    assert asked
    assert not any(asked)


def test_a_server_that_takes_no_more_connections_is_waited_for(behind, asked, monkeypatch):
    def full(*_args, **_options):
        raise postgres_wait.psycopg.OperationalError("sorry, too many clients already")

    with autocommit() as connection:
        monkeypatch.setattr(silence.Asking, "connect", full)
        connection.connection.dbapi_connection.ask = full
        connection.execute(text(f"SELECT pg_sleep({SILENT_SECONDS + 0.5})"))
    assert asked == [False]


@pytest.mark.parametrize("has_timeout", [True, False])
def test_a_transaction_that_is_stored_and_not_committed_ends_by_itself(
    app, monkeypatch, has_timeout
):
    """Its process may be frozen, and hold the fair's lock. Servers before 17 have one timeout
    less."""
    monkeypatch.setattr(postgres_wait, "STORED_SECONDS", 1)
    if not has_timeout:
        monkeypatch.setattr(postgres_wait, "HAS_TRANSACTION_TIMEOUT", float("inf"))

    def freeze():
        with unlocked_transaction() as connection:
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = '1s'"))
            connection.execute(LOCK)
            with postgres_wait.pipelined(connection):
                connection.execute(CHANGE)
            time.sleep(1.5)  # Frozen for so long.

    with pytest.raises(DBAPIError) as ended:
        freeze()
    assert ended.value.connection_invalidated
    factories.student()
