"""An application on SQLite, then on PostgreSQL: a room's conftest names it `app`.

One application a database, emptied between the tests: making it, and compiling its statements
again, would take most of the time.
"""

import sqlite3
from contextlib import closing
from copy import copy
from functools import cache

import pytest
from flask_migrate import upgrade

from jobfair import create_app
from jobfair.extensions import db
from tests.conftest import Client, settings
from tests.support import real_servers
from tests.support.real_servers import Missing

COUNTERS = {
    "sqlite": ["DELETE FROM sqlite_sequence"],
    "postgresql": [
        f"ALTER SEQUENCE {name}_id_seq RESTART"
        for name in ("companies", "students", "users", "sign_ins")
    ],
}


@pytest.fixture(scope="session")
def postgresql_url():
    """An empty database on PostgreSQL; tests that need it are skipped where there is none."""
    try:
        with real_servers.postgresql() as server, real_servers.database(server.url) as url:
            yield url
    except Missing as why:
        pytest.skip(f"no PostgreSQL: {why}")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def migrated_app(request, folder_in_memory):
    """The application on a database that the migrations made."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    else:
        url = f"sqlite:///{folder_in_memory / 'migrated.sqlite'}"
    app = create_app(settings(url))
    app.test_client_class = Client
    with app.app_context():
        upgrade()
    # Outside: a test that asks for no application is to find none.
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app_on_both_databases(migrated_app):
    usual = dict(migrated_app.config)
    with migrated_app.app_context():
        # What the application remembers of a test before is of rows that are gone.
        migrated_app.extensions.pop("jobfair", None)
        _empty()
        yield migrated_app
        db.session.remove()
    migrated_app.config.clear()
    migrated_app.config.update(usual)


@pytest.fixture(scope="module")
def kept_rows(migrated_app):
    """What a module keeps by `make_once`."""
    with migrated_app.app_context(), closing(KEPT[db.engine.dialect.name]()) as kept:
        yield kept


@pytest.fixture
def make_once(app_on_both_databases, kept_rows):
    """`make_once(Floor)` makes it for the first test of a module, and puts back its rows for each
    other. Where it takes long, and is of a fixed moment."""

    def made(make):
        if kept_rows.made is None:
            kept_rows.made = make()
            kept_rows.keep()
        else:
            db.session.remove()
            kept_rows.put_back()
        return copy(kept_rows.made)

    return made


class KeptOnSQLite:
    """All of the file, in memory."""

    made = None

    def __init__(self):
        self._rows = sqlite3.connect(":memory:")

    def keep(self):
        with closing(sqlite3.connect(db.engine.url.database)) as open_:
            open_.backup(self._rows)

    def put_back(self):
        with closing(sqlite3.connect(db.engine.url.database)) as open_:
            self._rows.backup(open_)

    def close(self):
        self._rows.close()


class KeptOnPostgreSQL:
    """Copies of the tables, beside them."""

    made = None
    _put_back = ""

    def keep(self):
        tables = [each.name for each in db.metadata.sorted_tables]
        with db.engine.begin() as connection:
            connection.exec_driver_sql("CREATE SCHEMA kept")
            for each in tables:
                connection.exec_driver_sql(f"CREATE TABLE kept.{each} AS TABLE {each}")
            rows = connection.exec_driver_sql(
                "SELECT sequencename, last_value FROM pg_sequences"
                " WHERE schemaname = 'public' AND last_value IS NOT NULL"
            ).all()
        statements = [
            "DELETE FROM fairs",
            *(f"INSERT INTO {each} SELECT * FROM kept.{each}" for each in tables),  # noqa: S608
            *(f"PERFORM setval('{name}', {last})" for name, last in rows),
        ]
        self._put_back = f"DO $$ BEGIN {'; '.join(statements)}; END $$"

    def put_back(self):
        with db.engine.begin() as connection:
            connection.exec_driver_sql(self._put_back)

    def close(self):
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA IF EXISTS kept CASCADE")


KEPT = {"sqlite": KeptOnSQLite, "postgresql": KeptOnPostgreSQL}


def _empty():
    with db.engine.begin() as connection:
        for statement in _emptying(db.engine.dialect.name):
            connection.exec_driver_sql(statement)


@cache
def _emptying(dialect):
    """The statements that leave a fair as it was opened."""
    tables = [each for each in reversed(db.metadata.sorted_tables) if each.name != "fairs"]
    statements = [
        *(str(each.delete()) for each in tables),
        "UPDATE fairs SET phase = 'open', revision = 0, call_minutes = 5,"
        " calls_last_since = NULL, ends_on = NULL, closed_at = NULL,"
        " sign_up = 'open', sign_up_word = NULL, sign_up_domains = NULL,"
        " name = NULL, starts_on = NULL, zone = NULL, welcome = NULL, logo = NULL,"
        " opens = NULL, closes = NULL, hours_count_from = NULL,"
        " colour = NULL, colour_dark = NULL, keep_days = NULL,"
        " lot_digest = NULL, lot_seed = NULL, lot_drawn = NULL",
        *COUNTERS[dialect],
    ]
    if dialect == "postgresql":
        # In one go: some forty ways to the server and back, each time, are most of a short test.
        statements = [f"DO $$ BEGIN {'; '.join(statements)}; END $$"]
    return statements
