"""Listening to a stream in a test, event by event."""

from __future__ import annotations

import json
import math
from contextvars import Context
from dataclasses import dataclass
from threading import Timer
from typing import Any

import pytest
from flask import Flask

from jobfair.feed import hub, journal

LATE = 20
"""This many heartbeats are waited for. Where no hub reads the journal, none ever reaches its
end."""


@dataclass(frozen=True)
class Heard:
    """One event of a stream. A page's fragments are the events without a name."""

    name: str
    text: str
    id: str | None
    retry: str | None = None

    @property
    def data(self) -> Any:
        return json.loads(self.text)

    @property
    def reached(self) -> float:
        """The last row that a heartbeat's stream had read; unknown counts as all of them."""
        # The id names the first row to read after it.
        return float(self.id.partition("-")[0]) - 1 if self.id else math.inf


class Listener:
    """An open stream. Each step runs in the context in which the stream was opened."""

    def __init__(self, app: Flask, path: str, person=None, **headers: str) -> None:
        self._context = Context()
        client = app.test_client()
        if person is not None:
            person.sign_in(client)
        self.response = self._context.run(
            super(type(client), client).open, path, headers=headers, buffered=False
        )
        self.status = self.response.status_code
        self._chunks = iter(self.response.response)
        self._frames: list[str] = []

    def next(self) -> Heard | None:
        """The next event; None when the stream has ended."""
        if not self._frames:
            chunk = self._context.run(next, self._chunks, None)
            if chunk is None:
                return None
            text = chunk if isinstance(chunk, str) else chunk.decode()
            self._frames = [frame for frame in text.split("\n\n") if frame]
        return _parsed(self._frames.pop(0))

    def ends(self) -> bool:
        """Whether it ends now. One heartbeat may have been on its way before that, and no more:
        after many of them the right is checked anyway, which would hide that nothing ended it."""
        event = self.next()
        if event is not None and event.name == "heartbeat":
            event = self.next()
        return event is None

    def until(self, name: str) -> list[Heard]:
        """The events up to the first of this name, which is the last of them.

        A heartbeat means that it was silent: one that was on its way before the last change was
        heard of, as on a busy machine, is passed over.
        """
        heard: list[Heard] = []
        newest = journal.span()[1] if name == "heartbeat" else 0
        late = 0
        while not heard or heard[-1].name != name or (heard[-1].reached < newest and late < LATE):
            late += bool(heard) and heard[-1].name == name
            event = self.next()
            assert event is not None, f"ended before {name}: {[each.name for each in heard]}"
            heard.append(event)
        return heard

    def names(self, count: int) -> list[str]:
        """The names of the next events."""
        return [event.name if (event := self.next()) else "end" for _ in range(count)]

    def close(self) -> None:
        self._context.run(self.response.close)


def _parsed(frame: str) -> Heard:
    lines = frame.splitlines()
    fields: dict[str, list[str]] = {"event": [], "data": [], "id": [], "retry": []}
    for line in lines:
        if line:
            key, _, value = line.partition(":")
            fields[key].append(value)
    name, event_id, retry = ("".join(fields[each]) for each in ("event", "id", "retry"))
    return Heard(name, "\n".join(fields["data"]), event_id or None, retry or None)


def soon(action, seconds: float = 0.1) -> Timer:
    """Do something in a moment, while the test waits on a stream."""
    timer = Timer(seconds, Context().run, args=(action,))
    timer.start()
    return timer


@pytest.fixture
def listen(app):
    """Open a stream, closed at the end: `listen("/api/events/", alice)`."""
    opened = []

    def open_stream(path, person=None, **headers):
        listener = Listener(app, path, person, **headers)
        opened.append(listener)
        return listener

    yield open_stream
    for listener in opened:
        listener.close()
    if (started := hub.started()) is not None:
        started.stop()
