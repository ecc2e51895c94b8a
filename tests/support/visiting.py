"""What several tests of pages and calls ask for: the showcase's people, each with a browser, and
whether anything was stored."""

import sqlite3
from contextlib import closing

import pytest

from jobfair.extensions import db
from jobfair.web.security import csrf
from tests.support import every_page, showcase


@pytest.fixture
def shown(app):
    return showcase.show()


@pytest.fixture
def browsers(app, shown):
    """A browser for each person."""
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

    def asked(who, path, language="fr", method="GET", accept="text/html", **more):
        client, headers = browsers[who]
        headers = {**headers, "Accept-Language": language, "Accept": accept}
        return client.open(path, method=method, headers=headers, buffered=True, **more)

    return asked


@pytest.fixture
def visits(app, shown, ask):
    return list(every_page.visits(app, shown, lambda who, path: ask(who, path).status_code))


@pytest.fixture
def stays(app):
    """Whether the database is as it was: not a row was written, in the journal or elsewhere."""
    path = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:

        def version():
            return connection.execute("PRAGMA data_version").fetchone()

        yield version


@pytest.fixture
def keep(app):
    """Keep the database as it is when this is called: what it returns puts it back."""
    path = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as open_, closing(sqlite3.connect(":memory:")) as kept:

        def put_back():
            db.session.remove()
            kept.backup(open_)
            app.extensions.pop("jobfair", None)

        def keep_now():
            open_.backup(kept)
            return put_back

        yield keep_now
