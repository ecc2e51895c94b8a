"""Every byte between a phone and the server: on the first visit, and on the next page."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

from bench.fairs import Ground
from bench.figures import Figure
from bench.load import request
from bench.pages import QUEUES_EACH
from tests.system.support.clients import Client

LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
AS_BROWSERS = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "fr-FR,fr;q=0.9"}


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table about what goes over the wire."""
    del quick
    with ground.fair() as fair:
        (student,) = fair.crowd(1)
        fair.fill({each: [student] for each in fair.companies(QUEUES_EACH, stand="A12")})
        port = fair.server.port
        page = bytes_of(port, student, "/dashboard")
        text = student.page("/dashboard").text
        loaded = {path: bytes_of(port, fair.nobody(), path) for path in LINKED.findall(text)}
        login = bytes_of(port, fair.nobody(), "/login")
    yield Figure(
        "first visit, the dashboard and all it loads",
        (page + sum(loaded.values())) / 1000,
        "KB",
        40,
    )
    yield Figure("later page: the dashboard with five queues", page / 1000, "KB", 8)
    yield Figure("later page: sign in", login / 1000, "KB", 8)
    yield Figure("files that the first visit loads", len(loaded), "")


def bytes_of(port: int, client: Client, path: str) -> int:
    """What goes both ways for one request."""
    content = request("GET", path, client.headers | AS_BROWSERS)
    received = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(content)
        while more := connection.recv(65_536):
            received += len(more)
    return len(content) + received
