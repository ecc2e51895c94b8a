"""An application on SQLite, then on PostgreSQL: a room's conftest names it `app`.

One application a database, emptied between the tests: making it, and compiling its statements
again, would take most of the time.
"""

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
    with migrated_app.app_context():
        # What the application remembers of a test before is of rows that are gone.
        migrated_app.extensions.pop("jobfair", None)
        _empty()
        yield migrated_app
        db.session.remove()


def _empty():
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
        *COUNTERS[db.engine.dialect.name],
    ]
    if db.engine.dialect.name == "postgresql":
        # In one go: some forty ways to the server and back, each time, are most of a short test.
        statements = [f"DO $$ BEGIN {'; '.join(statements)}; END $$"]
    with db.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
