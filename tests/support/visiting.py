"""What several tests of pages and calls ask for: the showcase's people, each with a browser, and
whether anything was stored."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from jobfair import clock
from jobfair.extensions import db
from jobfair.web.security.browsers import csrf
from tests.conftest import lay
from tests.support import every_page, factories, showcase

KEPT = timedelta(minutes=10)
"""Pages may look otherwise when what is on them is older."""

MOMENT = timedelta(seconds=5)


@pytest.fixture(scope="session")
def played(put_back, folder_in_memory):
    """The showcase, the file that its fair was kept in, and when. Played for each test, it took a
    thirtieth of the tests' time."""
    path, at = folder_in_memory / "showcase.sqlite", clock.now()
    with put_back() as app:
        shown = showcase.show()
        with (
            closing(sqlite3.connect(_database(app))) as source,
            closing(sqlite3.connect(path)) as to,
        ):
            source.backup(to)
    return shown, path, at


@pytest.fixture
def shown(app, usual_app, played):
    """The showcase. It is played for a test that has settings or a clock of its own."""
    found, path, at = played
    by_the_clock = abs(clock.now() - datetime.now(UTC)) < MOMENT
    if app is not usual_app[0] or not by_the_clock or clock.now() - at > KEPT:
        return showcase.show()
    lay(app, path)
    # What was uploaded may have been restored, or removed, by a test before.
    values = {**found.values, "key": factories.uploaded_backup()}
    return replace(found, people=dict(found.people), values=values)


@pytest.fixture
def browsers(app, shown):
    """A browser for each person."""
    return _signed_in(app, shown)


def _signed_in(app, shown):
    return {who: signed_in(app, person) for who, person in shown.people.items()}


def signed_in(app, person):
    """A browser where somebody is signed in, and the token of its forms."""
    client = app.test_client()
    if person is None:
        return client, {}
    return client, {"X-CSRF-Token": csrf.token(person.sign_in(client).sign_in_id)}


@pytest.fixture
def ask(browsers):
    """Asks for an address as somebody, in a language."""
    return _asked_by(browsers)


def _asked_by(browsers):
    def asked(who, path, language="fr", method="GET", accept="text/html", **more):
        client, headers = browsers[who]
        headers = {**headers, "Accept-Language": language, "Accept": accept}
        return client.open(path, method=method, headers=headers, buffered=True, **more)

    return asked


@pytest.fixture(scope="session")
def pages_played(played, put_back):
    """Who is shown which page of the fair that was kept: that takes a second to find out."""
    shown, path, _at = played
    with put_back() as app:
        lay(app, path)
        return _visits(app, shown, _asked_by(_signed_in(app, shown)))


@pytest.fixture
def visits(app, shown, ask, played, pages_played):
    kept = played[0]
    if shown.people["organiser"] is not kept.people["organiser"]:
        return _visits(app, shown, ask)
    uploaded, own = kept.values["key"], shown.values["key"]
    return [replace(each, path=each.path.replace(uploaded, own)) for each in pages_played]


def _visits(app, shown, ask):
    return list(every_page.visits(app, shown, lambda who, path: ask(who, path).status_code))


@pytest.fixture
def stays(app):
    """Whether the database is as it was: not a row was written, in the journal or elsewhere."""
    with closing(sqlite3.connect(_database(app))) as connection:

        def version():
            return connection.execute("PRAGMA data_version").fetchone()

        yield version


@pytest.fixture
def keep(app):
    """Keep the database as it is when this is called: what it returns puts it back."""
    open_at = sqlite3.connect(_database(app))
    with closing(open_at) as open_, closing(sqlite3.connect(":memory:")) as kept:

        def put_back():
            db.session.remove()
            kept.backup(open_)
            app.extensions.pop("jobfair", None)

        def keep_now():
            open_.backup(kept)
            return put_back

        yield keep_now


def _database(app):
    return app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
