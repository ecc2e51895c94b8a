"""Clients over HTTP: one request after the other, many at once, and readers of streams."""

from __future__ import annotations

import http.client
import json
import select
import socket
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from threading import Barrier, Condition, Thread
from typing import Any
from urllib.parse import urlencode

FRAGMENTS = "text/vnd.jobfair.fragments+html"
SECONDS = 40.0


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    text: str

    @property
    def data(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """Why it was refused, as the JSON interface says it."""
        return str(self.data["code"])


@dataclass
class Client:
    """Somebody's device. `link` is what a stand's addresses begin with; `keeps`: it keeps its
    connection for the next request, as a browser does."""

    port: int
    headers: dict[str, str]
    student_id: int | None = None
    link: str = ""
    keeps: bool = False
    _open: http.client.HTTPConnection | None = field(default=None, repr=False)

    def connect(self) -> None:
        """Connect beforehand, so that only the request itself is left to be sent."""
        self.close()
        self._open = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        self._open.connect()

    def close(self) -> None:
        """Close the connection that is kept, if there is one."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def call(self, method: str, path: str, body: object = None) -> Answer:
        """A call of the JSON interface."""
        headers = self.headers | {"Content-Type": "application/json"}
        return self._request(method, path, None if body is None else json.dumps(body), headers)

    def tap(self, path: str, **form: object) -> Answer:
        """A button of a page."""
        headers = self.headers | {
            "Accept": FRAGMENTS,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self._request("POST", self.link + path, urlencode(form), headers)

    def page(self, path: str) -> Answer:
        return self._request("GET", self.link + path, None, self.headers)

    def other(self) -> Client:
        """The same person's second device or finger."""
        return Client(self.port, self.headers, self.student_id, self.link)

    def _request(self, method: str, path: str, body: str | None, headers: Any) -> Answer:
        if self._open is None or _is_over(self._open):
            self.connect()
        connection, self._open = self._open, None
        assert connection is not None
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            if self.keeps and not answer.will_close:
                self._open = connection
            return Answer(answer.status, text)
        finally:
            if self._open is None:
                connection.close()


def _is_over(connection: http.client.HTTPConnection) -> bool:
    """Whether the server has closed a connection that nothing is asked on."""
    return bool(select.select([connection.sock], [], [], 0)[0])


Act = Callable[[Client], Answer]


def at_once(acts: Iterable[tuple[Client, Act]]) -> list[Answer]:
    """Let everybody act at the same moment; the answers in the same order."""
    acts = list(acts)
    barrier = Barrier(len(acts))

    def run(client: Client, act: Act) -> Answer:
        client.connect()
        barrier.wait(SECONDS)
        return act(client)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, *zip(*acts, strict=True)))


def codes(answers: Iterable[Answer]) -> list[int]:
    """The statuses, sorted."""
    return sorted(answer.status for answer in answers)


@dataclass(frozen=True)
class Heard:
    """One event of a stream, and when it came."""

    name: str
    text: str
    id: str | None
    at: float

    @property
    def data(self) -> Any:
        return json.loads(self.text)


class Reader:
    """Reads a stream in a thread of its own, for as long as it lasts."""

    def __init__(self, client: Client, path: str, last_id: str | None = None) -> None:
        self.heard: list[Heard] = []
        self.ended = False
        self.status = 0
        self.compressed = False
        self._news = Condition()
        self._socket = socket.create_connection(("127.0.0.1", client.port), SECONDS)
        last = {} if last_id is None else {"Last-Event-ID": last_id}
        lines = [f"GET {client.link if not path.startswith('/live') else ''}{path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in (client.headers | last).items()]
        request = "\r\n".join([*lines, "Host: 127.0.0.1", "", ""])
        self._socket.sendall(request.encode())
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def wait_for(self, name: str, seconds: float = 5.0, after: int = 0) -> Heard:
        """The first event of this name from the `after`-th on. Fails when it does not come."""
        deadline = time.monotonic() + seconds
        with self._news:
            while True:
                found = next((e for e in self.heard[after:] if e.name == name), None)
                if found is not None:
                    return found
                left = deadline - time.monotonic()
                names = [each.name for each in self.heard[after:]]
                assert left > 0, f"no {name or 'fragments'} in {seconds} s, but {names}"
                self._news.wait(left)

    def more(self, seen: int, seconds: float) -> list[Heard]:
        """The events after the first `seen`, waiting for the next at most so long."""
        with self._news:
            if len(self.heard) == seen and not self.ended:
                self._news.wait(seconds)
            return self.heard[seen:]

    def showing(self, text: str, seconds: float = 5.0) -> float:
        """Wait until a fragment shows a text; returns when it came."""
        deadline = time.monotonic() + seconds
        with self._news:
            while not (found := [e for e in self.heard if not e.name and text in e.text]):
                left = deadline - time.monotonic()
                assert left > 0, f"no fragment with {text!r} in {seconds} s"
                self._news.wait(left)
        return found[0].at

    def count(self, name: str) -> int:
        return sum(each.name == name for each in self.heard)

    @property
    def last_id(self) -> str | None:
        return next((each.id for each in reversed(self.heard) if each.id), None)

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def _read(self) -> None:
        with self._socket, closing(http.client.HTTPResponse(self._socket)) as answer:
            self._socket.settimeout(120)
            # However a stream breaks off, it has ended.
            with suppress(OSError, http.client.HTTPException, ValueError):
                answer.begin()
                self.status = answer.status
                self.compressed = answer.headers["Content-Encoding"] == "gzip"
                self._events(answer)
        with self._news:
            self.ended = True
            self._news.notify_all()

    def _events(self, answer: http.client.HTTPResponse) -> None:
        fields: dict[str, list[str]] = {}
        for line in _lines(answer):
            name, _, value = line.decode().partition(":")
            if name:
                fields.setdefault(name, []).append(value.removeprefix(" "))
                continue
            heard = Heard(
                "".join(fields.get("event", [])),
                "\n".join(fields.get("data", [])),
                "".join(fields.get("id", [])) or None,
                time.monotonic(),
            )
            fields = {}
            with self._news:
                self.heard.append(heard)
                self._news.notify_all()


def _lines(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """Each line as soon as it has come, though it came compressed."""
    gzip = answer.headers["Content-Encoding"] == "gzip"
    unzipped = zlib.decompressobj(wbits=31) if gzip else None
    text = b""
    while data := answer.read1(65536):
        text += data if unzipped is None else unzipped.decompress(data)
        *lines, text = text.split(b"\n")
        yield from lines
