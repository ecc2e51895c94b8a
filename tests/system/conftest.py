"""Real parts: PostgreSQL, Redis and gunicorn, with two workers or with one on SQLite."""

from contextlib import ExitStack, contextmanager
from functools import partial

import pytest

from tests.support import real_servers
from tests.support.real_servers import Missing
from tests.system.support.fairs import RealFair
from tests.system.support.serving import Gunicorn


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/system/" in item.path.as_posix():
            item.add_marker(pytest.mark.system)


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL server for the whole session."""
    with _or_skip(real_servers.postgresql, "PostgreSQL") as server:
        yield server


@pytest.fixture(scope="session")
def redis():
    """A Redis server for the whole session."""
    with _or_skip(real_servers.redis, "Redis") as server:
        yield server


@contextmanager
def _or_skip(server, name):
    with ExitStack() as stack:
        try:
            started = stack.enter_context(server())
        except Missing as why:
            pytest.skip(f"no {name}: {why}")
        yield started


@pytest.fixture(scope="module")
def serve(request, tmp_path_factory):
    """Serve a fair: `serve("postgresql")` with two workers, `serve("sqlite")` with one.

    `app` names another application than the real one, `postgresql` and `redis` other servers
    than the session's; `settings` are environment variables.
    """
    with ExitStack() as stack:

        def start(set_up, app="wsgi:app", workers=2, postgresql=None, redis=None, **settings):
            directory = tmp_path_factory.mktemp("server")
            if set_up == "sqlite":
                url, push, workers = f"sqlite:///{directory / 'fair.sqlite'}", "", 1
            else:
                server = postgresql or request.getfixturevalue("postgresql")
                url = stack.enter_context(real_servers.database(server.url))
                push = (redis or request.getfixturevalue("redis")).url
            fair = RealFair(url, Gunicorn(directory, app, url, push, workers, settings))
            stack.callback(fair.close)
            stack.callback(fair.server.stop)
            fair.server.start()
            return fair

        yield start


@pytest.fixture(scope="module")
def own_postgresql():
    """A PostgreSQL server that the test may stop."""
    with _or_skip(partial(_own, real_servers.PostgreSQL), "PostgreSQL") as server:
        yield server


@pytest.fixture(scope="module")
def own_redis():
    """A Redis server that the test may stop."""
    with _or_skip(partial(_own, real_servers.Redis), "Redis") as server:
        yield server


@pytest.fixture(scope="module")
def proxy():
    """An nginx in front of a server: `proxy(behind, settings)` returns the port it is on."""
    with ExitStack() as stack:

        def start(behind, settings):
            nginx = partial(real_servers.Nginx, behind, settings)
            return stack.enter_context(_or_skip(partial(_own, nginx), "nginx")).port

        yield start


@contextmanager
def _own(kind):
    server = kind()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="module", params=["postgresql", "sqlite"])
def set_up(request):
    """Two workers on PostgreSQL, then one on SQLite."""
    return request.param
