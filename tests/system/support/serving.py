"""The application under gunicorn, as it is served on the day, and how to hurt it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from tests.support.real_servers import free_port
from tests.support.waiting import wait_until

PROJECT = Path(__file__).parents[3]
SECRET = "a-secret-for-tests-that-is-long-enough"


class Gunicorn:
    """One master and its workers on a port of their own."""

    def __init__(
        self,
        directory: Path,
        app: str,
        database_url: str,
        redis_url: str,
        workers: int,
        settings: dict[str, str],
    ) -> None:
        self.port = free_port()
        self.log = directory / "gunicorn.log"
        self._app = app
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "JOBFAIR_WORKERS": str(workers),
            "JOBFAIR_DATABASE_URL": database_url,
            "JOBFAIR_REDIS_URL": redis_url,
            "JOBFAIR_SECRET_KEY": SECRET,
            **settings,
        }
        self._workers = workers
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        # gevent warns of what was imported before it could patch it.
        command = [sys.executable, "-W", "error::RuntimeWarning", "-m", "gunicorn", self._app]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log
            )
        try:
            wait_until(self.healthy, "the server is healthy")
        except AssertionError as late:
            raise RuntimeError(self.log.read_text()[-2000:]) from late
        wait_until(lambda: len(self.workers()) == self._workers, "every worker runs")

    def healthy(self) -> bool:
        """Whether `/health` says that all is well."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2) as a:
                return bool(a.status == 200)
        except (URLError, OSError):
            return False

    def workers(self) -> list[int]:
        """The workers' process ids."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(each) for each in children.split()]

    @contextmanager
    def alone(self, worker: int) -> Iterator[None]:
        """While the other workers stand still, this one answers everybody."""
        others = [each for each in self.workers() if each != worker]
        for each in others:
            os.kill(each, signal.SIGSTOP)
        try:
            yield
        finally:
            for each in others:
                os.kill(each, signal.SIGCONT)

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(by)
            self._process.wait(timeout=30)
