"""A real server, a real browser: what people at the fair have in their hands."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page

from tests.support.real_servers import free_port
from tests.support.waiting import wait_until

PROJECT = Path(__file__).parents[2]
ADMIN = ("organiser@fair.example", "a list on a clipboard")
SECRET_KEY = "a-secret-for-tests-that-is-long-enough"

PHONE = {"width": 390, "height": 844}
TABLET = {"width": 1180, "height": 820}
DESKTOP = {"width": 1440, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Server:
    """The app as `make run` serves it, on a port and a database of its own."""

    def __init__(self, directory: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = directory / "fair.sqlite"
        self.database_url = f"sqlite:///{self.database}"
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "JOBFAIR_DATABASE_URL": self.database_url,
            "JOBFAIR_SECRET_KEY": SECRET_KEY,
            "JOBFAIR_ADMIN_EMAIL": ADMIN[0],
            "JOBFAIR_ADMIN_PASSWORD": ADMIN[1],
        }
        self._log = directory / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.database.write_bytes(_set_up(self.environment))

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "wsgi:app"],
                cwd=PROJECT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        try:
            wait_until(self._healthy, "the server is healthy")
        except AssertionError as late:
            raise RuntimeError(self._log.read_text()) from late

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def stop(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=20)


_databases: list[bytes] = []


def _set_up(environment: dict[str, str]) -> bytes:
    """The database of a fair that was opened at once: made once, as that takes seconds."""
    if not _databases:
        with TemporaryDirectory() as directory:
            path = Path(directory) / "fair.sqlite"
            for command in (["db", "upgrade"], ["fair", "setup"]):
                subprocess.run(
                    [sys.executable, "-m", "flask", "--app", "wsgi", *command],
                    cwd=PROJECT,
                    env={**environment, "JOBFAIR_DATABASE_URL": f"sqlite:///{path}"},
                    check=True,
                    capture_output=True,
                )
            with closing(sqlite3.connect(path)) as made:
                made.execute("UPDATE fairs SET phase = 'open'")
                made.commit()
                _databases.append(made.serialize())
    return _databases[0]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()


class Visitors:
    """People with a device each; whatever their pages complain about fails the test."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._contexts = [browser.new_context(base_url=url)]
        self.program = self._contexts[0].request
        """What sends JSON and shows nothing."""
        self.complaints: list[str] = []

    def visitor(self, size: dict[str, int], **options: object) -> Page:
        context = self._browser.new_context(
            **{"viewport": size, "locale": "fr-FR", "base_url": self._url, **options},
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@contextmanager
def _visitors(browser: Browser, server: Server) -> Iterator[Visitors]:
    visitors = Visitors(browser, server.url)
    yield visitors
    visitors.close()
    assert visitors.complaints == []


@pytest.fixture
def visitors(browser: Browser, server: Server) -> Iterator[Visitors]:
    with _visitors(browser, server) as visitors:
        yield visitors
