"""The application on a database of its own, fresh for each test."""

import shutil
from contextvars import Context

import pytest
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from jobfair import clock, create_app
from jobfair.extensions import db
from jobfair.models import Fair
from tests.clocks import MovableClock


class Client(FlaskClient):
    """Sends each request outside the test's own app context, whose `g` it would share."""

    def open(self, *args, **kwargs):
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def empty_fair(tmp_path_factory):
    """A database file with every table and the fair's row, to be copied."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite"
    app = create_app(settings(f"sqlite:///{path}"))
    with app.app_context():
        db.create_all()
        db.session.add(Fair(id=1))
        db.session.commit()
        db.engine.dispose()
    return path


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory):
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def config():
    """Settings of one module's or test's own; override it to change them."""
    return {}


@pytest.fixture
def app(empty_fair, compiled_templates, tmp_path, config):
    path = shutil.copy(empty_fair, tmp_path / "fair.sqlite")
    app = create_app(settings(f"sqlite:///{path}") | config)
    app.jinja_env.bytecode_cache = compiled_templates
    app.test_client_class = Client
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def time(monkeypatch):
    """The clock, to be moved by the test: `time.pass_(hours=1)`."""
    movable = MovableClock()
    monkeypatch.setattr(clock, "now", movable.now)
    return movable


def settings(database_url):
    return {
        "TESTING": True,
        "SECRET_KEY": "known to the tests alone, and long enough",
        "VAPID_PRIVATE_KEY": "c2hvcnRlbm91Z2ghLWFuZC1sb25nLWVub3VnaC0wMDE",
        "DATABASE_URL": database_url,
        "RATELIMIT_ENABLED": False,
    }
