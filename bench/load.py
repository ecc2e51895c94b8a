"""The load generator: one loop over plain sockets, which parses as little as possible."""

from __future__ import annotations

import heapq
import json
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

READ_BYTES = 65_536
"""A larger buffer is mapped again for each read, which takes longer than the reading."""
GIVE_UP_SECONDS = 30.0

Step = Callable[[int, bytes], bytes | None]
"""Takes the number of a client and the answer to its last request, empty before the first;
returns its next request, or None when it has done all it had to."""


@dataclass
class Load:
    """The results: the latency of each answer, in seconds, and the count of each status."""

    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency, in seconds, that this share of the answers does not exceed."""
        return percentile(self.latencies, share)

    def all_answered(self, *good: int) -> Load:
        """The same results; fails if a status is neither 200 nor in `good`."""
        assert set(self.statuses) <= {200, *good}, self.statuses
        return self


def percentile(numbers: list[float], share: float) -> float:
    """The smallest of the numbers that this share of them does not exceed."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def request(
    method: str, path: str, headers: Mapping[str, str], body: object = None, form: str = ""
) -> bytes:
    """A request on a connection of its own, as from somebody who taps now and then."""
    content = form if body is None else json.dumps(body)
    kind = "application/x-www-form-urlencoded" if body is None else "application/json"
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if method != "GET":
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(content)}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + content).encode()


def answer_json(answer: bytes) -> Any:
    """The body of an answer."""
    return json.loads(answer.partition(b"\r\n\r\n")[2])


def in_turn(requests: Iterator[bytes]) -> Step:
    """Each client takes the next request."""
    return lambda _client, _answer: next(requests)


def run(port: int, step: Step, at_once: int, seconds: float, pause: float = 0.0) -> Load:
    """Let `at_once` clients each send one request after the other for some seconds.

    `pause` is what each waits between an answer and its next request, in seconds.
    """
    return _Run(port, step, pause).for_(at_once, seconds)


class _Run:
    def __init__(self, port: int, step: Step, pause: float) -> None:
        self._port = port
        self._step = step
        self._pause = pause
        self._selector = selectors.DefaultSelector()
        self._waiting: list[tuple[float, int, bytes]] = []
        self._open = 0
        self._load = Load()

    def for_(self, at_once: int, seconds: float) -> Load:
        start = time.perf_counter()
        until = start + seconds
        for client in range(at_once):
            self._next(client, b"", start + self._pause * client / at_once)
        while self._open or (self._waiting and time.perf_counter() < until):
            self._send_due()
            ready = self._selector.select(self._patience())
            if not ready and not self._waiting:
                raise TimeoutError(f"{self._open} requests unanswered for {GIVE_UP_SECONDS} s")
            for key, _ in ready:
                self._read(key, until)
        self._load.seconds = time.perf_counter() - start
        self._selector.close()
        return self._load

    def _patience(self) -> float:
        if not self._waiting:
            return GIVE_UP_SECONDS
        return max(0.0, self._waiting[0][0] - time.perf_counter())

    def _next(self, client: int, answer: bytes, at: float) -> None:
        following = self._step(client, answer)
        if following is not None:
            heapq.heappush(self._waiting, (at, client, following))

    def _send_due(self) -> None:
        while self._waiting and self._waiting[0][0] <= time.perf_counter():
            _, client, content = heapq.heappop(self._waiting)
            start = time.perf_counter()
            connection = socket.create_connection(("127.0.0.1", self._port))
            connection.sendall(content)
            self._selector.register(connection, selectors.EVENT_READ, (client, start, bytearray()))
            self._open += 1

    def _read(self, key: selectors.SelectorKey, until: float) -> None:
        client, start, received = key.data
        more = key.fileobj.recv(READ_BYTES)  # type: ignore[union-attr]
        if more:
            received += more
            return
        now = time.perf_counter()
        self._selector.unregister(key.fileobj)
        key.fileobj.close()  # type: ignore[union-attr]
        self._open -= 1
        self._load.latencies.append(now - start)
        self._load.statuses[int(received[9:12] or 0)] += 1
        if now < until:
            self._next(client, bytes(received), now + self._pause)
