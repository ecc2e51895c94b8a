"""Many open streams in a process of their own, which only records what arrived when."""

from __future__ import annotations

import multiprocessing
import resource
import selectors
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

READ_BYTES = 65_536
"""A larger buffer is mapped again for each read, which takes longer than the reading."""
OPENING_AT_ONCE = 50
GIVE_UP_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Came:
    """Bytes that came on a stream, and when, by the machine's monotonic clock."""

    at: float
    stream: int
    content: bytes


class Watchers:
    """Open streams by number. Close it, or use it in a `with` block."""

    def __init__(self) -> None:
        # Not forked: the parent holds connections to the database.
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_watch, args=(theirs,), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def open(self, port: int, requests: Iterable[bytes], first: bytes) -> float:
        """Open a stream for each request, and wait until each has sent the bytes `first`.

        Returns how long that took, in seconds.
        """
        return float(self._ask("open", port, list(requests), first))

    def collect(self) -> list[Came]:
        """What has arrived since the last call, in order."""
        return list(self._ask("collect"))

    def ended(self) -> int:
        """How many streams have been closed by the server."""
        return int(self._ask("ended"))

    def close(self) -> None:
        with suppress(OSError):
            self._ours.close()
        self._process.join(10)

    def __enter__(self) -> Watchers:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _ask(self, *command: object) -> Any:
        self._ours.send(command)
        answer = self._ours.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _watch(commands: Connection) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    streams = _Streams()
    streams.selector.register(commands, selectors.EVENT_READ)
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            if streams.read():
                name, *values = commands.recv()
                try:
                    commands.send(getattr(streams, name)(*values))
                except TimeoutError as error:
                    commands.send(error)


class _Streams:
    def __init__(self) -> None:
        self.selector = selectors.DefaultSelector()
        self._came: list[Came] = []
        self._count = 0
        self._ended = 0

    def read(self, seconds: float | None = None) -> bool:
        """Record what has arrived. Returns whether a command is waiting."""
        commanded = False
        for key, _ in self.selector.select(seconds):
            if key.data is None:
                commanded = True
                continue
            content = b""
            with suppress(ConnectionError):
                content = key.fileobj.recv(READ_BYTES)  # type: ignore[union-attr]
            if content:
                self._came.append(Came(time.monotonic(), key.data, content))
            else:
                self.selector.unregister(key.fileobj)
                self._ended += 1
        return commanded

    def open(self, port: int, requests: list[bytes], first: bytes) -> float:
        start = time.monotonic()
        begun: dict[int, bytes] = {}
        waiting = iter(requests)
        opening = 0
        expected = self._count + len(requests)
        while self._count < expected or opening:
            while opening < OPENING_AT_ONCE and self._count < expected:
                connection = socket.create_connection(("127.0.0.1", port), GIVE_UP_SECONDS)
                connection.sendall(next(waiting))
                self.selector.register(connection, selectors.EVENT_READ, self._count)
                begun[self._count] = b""
                self._count += 1
                opening += 1
            self.read(1.0)
            for came in self.collect():
                if came.stream in begun:
                    begun[came.stream] += came.content
                    if first in begun[came.stream]:
                        del begun[came.stream]
                        opening -= 1
            if time.monotonic() - start > GIVE_UP_SECONDS:
                raise TimeoutError(f"{len(begun)} of {len(requests)} streams have not begun")
        return time.monotonic() - start

    def collect(self) -> list[Came]:
        came, self._came = self._came, []
        return came

    def ended(self) -> int:
        return self._ended
