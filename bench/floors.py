"""The same without the application: the most that servers, sockets and network can do."""

from __future__ import annotations

import multiprocessing
import socket
import threading
import time
from contextlib import suppress
from itertools import repeat
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, NamedTuple

from flask import Flask
from sqlalchemy import Connection as SQLConnection
from sqlalchemy import text

from bench.load import in_turn, request, run
from bench.processor import Meter
from bench.watching import Watchers
from jobfair import create_app
from jobfair.extensions import db

if TYPE_CHECKING:
    from bench.fairs import Ground

PAGE_BYTES = 15_000
WRITERS = 4

_TELL = text("INSERT INTO told VALUES (:number, 'x')")
_COUNT = text("UPDATE fairs SET revision = :number WHERE id = 1")

_one_page = Flask(__name__)


@_one_page.get("/")
@_one_page.get("/health")
def _page() -> str:
    return "x" * PAGE_BYTES


def bare() -> Flask:
    """An application that knows one page, for gunicorn, which lets time pass for it as always."""
    app = create_app()
    app.wsgi_app = _one_page.wsgi_app  # type: ignore[method-assign]
    return app


class Pages(NamedTuple):
    """How many a second, and the workers' processor time for each, in milliseconds."""

    per_second: float
    workers_ms: float


def pages(ground: Ground, at_once: int, seconds: float) -> Pages:
    """The bare route under the same gunicorn."""
    with ground.fair("bench.floors:bare()") as fair:
        step = in_turn(repeat(request("GET", "/", {})))
        run(fair.server.port, step, at_once, 0.5)
        meter = Meter(fair.server.workers())
        load = run(fair.server.port, step, at_once, seconds)
        return Pages(load.per_second, meter.spent().workers_ms(load))


def transactions_per_second(ground: Ground, seconds: float) -> float:
    """Bare transactions as short as a transition could be: lock, change, tell, commit."""
    with ground.unserved() as fair, fair.inside():
        engine = db.engine
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE told (number int PRIMARY KEY, data text)")
        until = time.monotonic() + seconds
        counts = [0] * (WRITERS if engine.dialect.name == "postgresql" else 1)

        def work(place: int) -> None:
            with engine.connect() as connection:
                while time.monotonic() < until:
                    _transact(connection)
                    counts[place] += 1

        threads = [threading.Thread(target=work, args=(place,)) for place in range(len(counts))]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    return sum(counts) / seconds


def _transact(connection: SQLConnection) -> None:
    if connection.dialect.name == "postgresql":
        lock = "SELECT revision FROM fairs WHERE id = 1 FOR NO KEY UPDATE"
    else:
        connection.execution_options(writes=True)
        lock = "SELECT revision FROM fairs WHERE id = 1"
    with connection.begin():
        number = connection.exec_driver_sql(lock).scalar_one()
        connection.execute(_TELL, {"number": number})
        connection.execute(_COUNT, {"number": number + 1})


def push_seconds(streams: int, content: bytes, times: int = 5) -> float:
    """A loop that writes the same bytes to this many sockets, until the last has come (median)."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_write_to_all, args=(theirs,), daemon=True)
    process.start()
    port = ours.recv()
    took: list[float] = []
    with Watchers() as watchers:
        watchers.open(port, [b"x"] * streams, b"ready")
        for _ in range(times):
            watchers.collect()
            ours.send(content)
            start: float = ours.recv()
            time.sleep(0.5)
            came = watchers.collect()
            assert len({each.stream for each in came}) == streams
            took.append(max(each.at for each in came) - start)
    ours.close()
    process.join(5)
    return sorted(took)[times // 2]


def _write_to_all(commands: Connection) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        commands.send(listener.getsockname()[1])
        listener.settimeout(0.05)
        connections = []
        with suppress(EOFError):
            while True:
                with suppress(TimeoutError):
                    connection, _ = listener.accept()
                    connection.sendall(b"ready")
                    connections.append(connection)
                if commands.poll():
                    content = commands.recv()
                    start = time.monotonic()
                    for each in connections:
                        each.sendall(content)
                    commands.send(start)
