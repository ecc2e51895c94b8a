"""The application on a database of its own, fresh for each test."""

import gc
import os
import shutil
from contextlib import contextmanager
from contextvars import Context
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from flask_migrate import stamp
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule
from xdist.scheduler import LoadScopeScheduling

from jobfair import clock, create_app
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Fair
from jobfair.ops import rehearsals
from jobfair.security.hashing import passwords
from jobfair.web.rendering import compiled_templates
from jobfair.web.request_log import LoggedFlask
from jobfair.web.security.limits import account_turns
from jobfair.web.security.limits.rate_limits import limiter
from tests.support import chance
from tests.support.clocks import MovableClock
from tests.support.compiled_once import CompiledStatements, compile_once

pytest_plugins = [
    "tests.support.chromium",
    "tests.support.databases",
    "tests.support.forecasting",
    "tests.support.listening",
    "tests.support.mailing",
    "tests.support.people",
    "tests.support.school_provider",
    "tests.support.visiting",
]

# Here, as tests elsewhere import them, and a failed test alone may run before tests/domain.
pytest.register_assert_rewrite(
    "tests.domain.a_hall", "tests.domain.watched_fair", "tests.domain.what_events_say"
)

MEMORY = "/dev/shm"  # noqa: S108
ENOUGH_MEMORY = 256 << 20

TOGETHER = (
    "tests/browser/test_every_page.py",
    "tests/browser/test_second_tap.py",
    "tests/browser/test_a",
    "tests/browser",
    "tests/simulated",
)
"""What is dear to prepare is prepared once. The first two have a server of their own; of the other
browser tests there are two halves, so that they take no longer than all the rest."""

ALONE = "tests/system"
"""These measure: they are run last, when nothing else is at work."""

BESIDE_OTHERS = tuple(
    f"{ALONE}/test_{name}.py"
    for name in (
        "kept_figures",
        "five_organisers",
        "races",
        "forecasts",
        "client_faults",
        "claims",
        "random_fair",
        "metrics",
        "webhooks",
        "resuming",
        "redis_faults",
        "generated_clients",
        "database_faults",
        "careless_proxies",
        "deploys",
        "connection_share",
        "clock_jumps",
        "worker_faults",
        "behind_nginx",
        "constraints",
        "idempotency",
    )
)
"""But for these, which look at what came of it, or allow for seconds. The longest are first: each
process keeps one test to the end."""


class Lanes(LoadScopeScheduling):
    """Deals tests out one by one to the processes that share them, but for those that go together.

    By folder and file, and not by xdist's own marker for it, which pytest 9.2 pays no heed to.
    """

    def _split_scope(self, nodeid):
        going_together = (*TOGETHER, *BESIDE_OTHERS, ALONE)
        return next((each for each in going_together if nodeid.startswith(each)), nodeid)

    def _assign_work_unit(self, node):
        for each in filter(self.workqueue.__contains__, TOGETHER):
            self.workqueue.move_to_end(each, last=False)
        for each in filter(self.workqueue.__contains__, (*BESIDE_OTHERS, ALONE)):
            self.workqueue.move_to_end(each)
        super()._assign_work_unit(node)

    def _reschedule(self, node):
        if list(self.workqueue) != [ALONE] or self._nearly_done(node):
            super()._reschedule(node)

    def _nearly_done(self, but):
        """Whether the other processes have no test left but the one that each keeps to the end."""
        return all(
            self._pending_of(units) <= 1
            for node, units in self.assigned_work.items()
            if node is not but
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Lanes(config, log)


def pytest_collection_finish(session):
    """Leave what has been imported alone: each test's application is garbage that refers to it,
    and looking through all of it again and again took a quarter of the tests' time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Hypothesis draws by the seed that is asked for, too."""
    if (seed := chance.seed_asked_for()) is not None:
        config.option.hypothesis_seed = seed


def pytest_terminal_summary(terminalreporter, config):
    """A test that passes only when it is tried again is named, so that nobody overlooks it."""
    if config.getoption("--last-failed", default=False):
        for outcome in ("passed", "failed"):
            for report in terminalreporter.getreports(outcome):
                terminalreporter.write_line(f"second try needed: {report.nodeid} ({outcome})")


class Client(FlaskClient):
    """Sends each request outside the test's own app context, whose `g` it would share."""

    def open(self, *args, **kwargs):
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def folder_in_memory(tmp_path_factory):
    """For databases that no test looks at again: there nothing waits for a disk."""
    if not (os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_MEMORY):
        yield tmp_path_factory.mktemp("database")
        return
    with TemporaryDirectory(
        dir=MEMORY, prefix="jobfair-tests-", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def empty_fair(folder_in_memory):
    """A database file with every table and the fair's row, to be copied."""
    path = folder_in_memory / "empty.sqlite"
    app = create_app(settings(f"sqlite:///{path}"))
    with app.app_context():
        db.create_all()
        db.session.add(Fair(id=1, phase=Phase.OPEN))
        db.session.commit()
        stamp()
        db.engine.dispose()
    return path


@pytest.fixture(scope="session", autouse=True)
def own_instance(tmp_path_factory):
    """What tests leave in the application's folder is not left in the developer's; nor is all that
    stands there looked through for each application."""
    folder = str(tmp_path_factory.mktemp("instance"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LoggedFlask, "auto_find_instance_path", lambda _: folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once(tmp_path_factory):
    """By all processes that share the tests: each would compile the same for seconds. And whether
    the code has changed since, which does not while it is tested, is not asked for each
    application: that took a third of the time to make one."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    folder.mkdir(exist_ok=True)
    kept = FileSystemBytecodeCache(str(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled_templates, "kept_in", lambda _: kept)
        yield


@pytest.fixture(scope="session")
def compiled_statements():
    return CompiledStatements()


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once():
    """An application for each test would spend most of its time compiling the same addresses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", compile_once())
        yield


DEAR_HASHES = {name: getattr(passwords, name) for name in ("_hasher", "_nobodys_hash")}
"""What hashes passwords in earnest, from before the tests make it quick."""


@pytest.fixture(scope="session", autouse=True)
def hashes():
    """Passwords are hashed as they are in earnest, but at next to no cost."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", quick)
        patch.setattr(passwords, "_nobodys_hash", cache(lambda: quick.hash("")))
        yield


@pytest.fixture(autouse=True)
def pace(monkeypatch):
    """A student's changes do not wait for each other's time to pass; their turns are taken."""
    monkeypatch.setattr(account_turns, "PACE_SECONDS", 0)


@pytest.fixture(autouse=True)
def rehearsals_wait(monkeypatch):
    """A rehearsal that is asked for begins no process of its own: that has a test of its own."""
    monkeypatch.setattr(rehearsals, "look_after", lambda _app, _rehearsal_id: None)


@pytest.fixture
def config():
    """Settings of one module's or test's own; override it to change them."""
    return {}


@pytest.fixture(scope="session")
def make_app(compiled_statements):
    def make(folder, config):
        app = create_app(settings(f"sqlite:///{folder / 'fair.sqlite'}") | config)
        app.test_client_class = Client
        with app.app_context():
            db.engine.update_execution_options(compiled_cache=compiled_statements)
        return app

    return make


@pytest.fixture(scope="session")
def usual_app(make_app, folder_in_memory):
    """The application with the usual settings, and these. To make it for each test took a third
    of the tests' time."""
    app = make_app(folder_in_memory, {})
    return app, dict(app.config)


@pytest.fixture
def app(request, config):
    """With settings of the test's own, it is the test's own, too."""
    if config:
        return request.getfixturevalue("app_of_its_own")
    return request.getfixturevalue("usual_app_put_back")


@pytest.fixture
def app_of_its_own(empty_fair, make_app, folder_in_memory, config):
    """For tests that leave behind what is still at work: a module names it `app`."""
    # Its threads may be at work yet.
    with TemporaryDirectory(dir=folder_in_memory, ignore_cleanup_errors=True) as folder:
        app = make_app(Path(folder), config)
        with opened(app, empty_fair):
            yield app


@pytest.fixture(scope="session")
def put_back(empty_fair, usual_app):
    """The usual application as if it had just been made, on an empty fair: a context manager."""

    @contextmanager
    def put_back():
        app, usual = usual_app
        app.config.clear()
        app.config.update(usual)
        limiter.enabled = False
        with opened(app, empty_fair):
            yield app

    return put_back


@pytest.fixture
def usual_app_put_back(put_back):
    with put_back() as app:
        yield app


@contextmanager
def opened(app, fair):
    """The application's context, with a copy of the fair as its database."""
    with app.app_context():
        lay(app, fair)
        yield
        db.session.remove()
        db.engine.dispose()


def lay(app, fair):
    """Put a copy of a fair's file in the place of the application's database."""
    db.session.remove()
    database = Path(db.engine.url.database)
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()
    shutil.copy(fair, database)
    # A thread of the test before may have opened the file that is gone.
    db.engine.dispose()
    # What the application remembers is of a fair that is gone.
    app.extensions.pop("jobfair", None)


@pytest.fixture
def client(app):
    """A browser that has been here before, and so is known to keep cookies."""
    client = app.test_client()
    client.set_cookie("kept", "yes")
    return client


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
