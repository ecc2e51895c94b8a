"""A flood of bad requests, sent by a process of its own: `python -m tests.system.support.flooding`.

In the process of the tests its senders would slow down the clients that are measured. Takes a
port, requests a second, slow connections and somebody's cookie; goes on until it is told to stop
by the end of its input, and then prints how many of each status it got.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import secrets
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread

SENDERS = 4
OVERSIZED = b"email=" + b"x" * 1_100_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}

Request = tuple[str, str, bytes | None, dict[str, str]]


def bad_requests(cookie: str, sender: int) -> Iterator[Request]:
    """One kind after the other, for ever: about a seventh of each."""
    for number in itertools.count():
        yield "GET", f"/company/{secrets.token_urlsafe(24)}", None, {}
        # Another account each time, so that only the limit of the address holds it up.
        yield (
            "POST",
            "/login",
            f"email=a{number}.{sender}@example.org&password=wrong".encode(),
            FORM,
        )
        # The same account each time.
        yield "POST", "/login", b"email=alice@example.org&password=wrong", FORM
        yield "POST", "/api/auth/login/", b'{"email": "' + b"[" * 5000, JSON
        yield "POST", "/register", OVERSIZED, FORM
        yield "POST", "/status/pause", b"", {**FORM, "Cookie": cookie}
        yield "GET", "/api/queues/", None, {"Authorization": "Bearer " + "x" * 200}


def send(port: int, request: Request) -> int:
    """The status, or 0 for no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with suppress(OSError, http.client.HTTPException):
        # Who refuses a large body before its end hangs up while it is still being sent.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(*request)
        return connection.getresponse().status
    connection.close()
    return 0


class Flood:
    """The senders, which share a rate, and the slow connections."""

    def __init__(self, port: int, rate: float, slow: int, cookie: str) -> None:
        self._port, self._pause = port, SENDERS / rate
        self._over = Event()
        self.statuses: Counter[int] = Counter()
        self._threads = [
            Thread(target=self._send, args=(bad_requests(cookie, sender),))
            for sender in range(SENDERS)
        ]
        self._threads.append(Thread(target=self._trickle, args=(slow,)))

    def start(self) -> None:
        for each in self._threads:
            each.start()

    def stop(self) -> None:
        self._over.set()
        for each in self._threads:
            each.join()

    def _send(self, requests: Iterator[Request]) -> None:
        due = time.monotonic()
        while not self._over.wait(max(0.0, due - time.monotonic())):
            # A sender that was kept waiting does not make up for it.
            due = max(due, time.monotonic() - self._pause) + self._pause
            self.statuses[send(self._port, next(requests))] += 1

    def _trickle(self, count: int) -> None:
        """Headers that never end, a byte a second on each connection."""
        links = [socket.create_connection(("127.0.0.1", self._port)) for _ in range(count)]
        for link in links:
            link.sendall(b"POST /login HTTP/1.1\r\nHost: fair.example\r\nX-Slow: ")
        while not self._over.wait(1):
            for link in links:
                with suppress(OSError):
                    link.send(b"x")
        for link in links:
            link.close()


def main() -> None:
    # Somebody who floods a server does it from another machine.
    os.nice(10)
    port, rate, slow, cookie = sys.argv[1:]
    flood = Flood(int(port), float(rate), int(slow), cookie)
    flood.start()
    sys.stdout.write("flooding\n")
    sys.stdout.flush()
    sys.stdin.read()
    flood.stop()
    sys.stdout.write(json.dumps(flood.statuses))


if __name__ == "__main__":
    main()
