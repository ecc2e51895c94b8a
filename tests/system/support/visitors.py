"""Students and stands that act on what is pushed to them, and never ask."""

from __future__ import annotations

import http.client
import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from threading import Event, Thread

from tests.support.waiting import wait_until
from tests.system.support.clients import Answer, Client, Heard, Reader

ANSWERED_SECONDS = 15.0
LOOKS_UP_SECONDS = 5.0
"""How long somebody who has nothing to do sleeps at most, should they have missed being woken."""

ACTION = r'action="[^"]*/queues/(\d+)/%s/"'
PARTIAL = re.compile(
    r'<hx-partial hx-target="#([^" >]+)([^"]*)"[^>]*>(.*?)</hx-partial>', re.DOTALL
)
SETTINGS = re.compile(r"""id="live"[^>]*hx-config='([^']+)'""")
HX_SSE = {"reconnectDelay": 500, "reconnectMaxDelay": 60_000, "reconnectJitter": 0.3}
"""What holds where the page does not say otherwise, in milliseconds."""


class Visitor:
    """Somebody with an open stream, which is opened again whenever it ends.

    `due` holds what they will do and when, by name; a visitor sleeps until the next of it or
    until something is pushed. `tried` is when they opened a stream, `answers` counts what the
    server said to that once it was over, 0 for nothing.
    """

    def __init__(self, client: Client, path: str) -> None:
        self.client = replace(client, keeps=True)
        self.due: dict[str, float] = {}
        self.connected = False
        self.tried: list[float] = []
        self.answers: Counter[int] = Counter()
        self._path = path
        self._leaving = Event()
        self._stream: Reader | None = None
        self._thread = Thread(target=self._live, daemon=True)

    def arrive(self) -> None:
        self._thread.start()

    @staticmethod
    def leave(visitors: Sequence[Visitor]) -> None:
        """They all leave in the same moment."""
        for each in visitors:
            each._leaving.set()
        for each in visitors:
            if each._stream is not None:
                each._stream.close()
        for each in visitors:
            each._thread.join(30)

    def hear(self, event: Heard) -> None:
        """Something was pushed."""
        raise NotImplementedError

    def do(self, name: str) -> None:
        """Something in `due` is to be done now."""

    def press(self, method: str, path: str, body: object = None) -> Answer:
        """Press a button; again where nobody answers, as people do while a server restarts."""
        given: list[Answer] = []

        def answered() -> bool:
            with suppress(OSError, http.client.HTTPException):
                given[:] = [self.client.call(method, path, body)]
            return bool(given) and given[0].status < 500

        again = partial(time.sleep, 0.1)  # As fast as somebody presses.
        wait_until(answered, f"{path} is answered", ANSWERED_SECONDS, pause=again)
        return given[0]

    def pause(self, attempt: int) -> float:
        """How long they wait before they open a stream again, in seconds."""
        return random.uniform(0.05, 0.2)

    def _live(self) -> None:
        last_id, attempt = None, 0
        while not self._leaving.is_set():
            if attempt:
                self._leaving.wait(self.pause(attempt))
            attempt += 1
            self.tried.append(time.monotonic())
            try:
                self._stream = stream = Reader(self.client, self._path, last_id)
            except OSError:
                self.answers[0] += 1
                continue
            seen = 0
            while not self._leaving.is_set() and not (stream.ended and seen == len(stream.heard)):
                for event in stream.more(seen, self._until_next()):
                    seen += 1
                    self.connected = True
                    last_id = event.id or last_id
                    self.hear(event)
                self._do_what_is_due()
            stream.close()
            self.answers[stream.status] += 1
            if stream.status == 200:
                attempt = 1
        self.client.close()

    def _until_next(self) -> float:
        next_due = min(self.due.values(), default=float("inf"))
        return min(max(next_due - time.monotonic(), 0.0), LOOKS_UP_SECONDS)

    def _do_what_is_due(self) -> None:
        now = time.monotonic()
        for name in [name for name, at in self.due.items() if at <= now]:
            del self.due[name]
            self.do(name)


class Phone(Visitor):
    """An open page, which opens its stream again when hx-sse would with the page's settings."""

    def __init__(self, client: Client, path: str, page: str) -> None:
        super().__init__(client, path)
        self.heard: list[Heard] = []
        found = SETTINGS.search(page)
        assert found is not None, "a page without a stream"
        self._settings = HX_SSE | json.loads(found[1])["sse"]

    def hear(self, event: Heard) -> None:
        self.heard.append(event)

    def pause(self, attempt: int) -> float:
        first, most = self._settings["reconnectDelay"], self._settings["reconnectMaxDelay"]
        delay = min(first * 2 ** (attempt - 1), most)
        jitter = delay * self._settings["reconnectJitter"]
        return random.uniform(delay - jitter, delay + jitter) / 1000


class Student(Visitor):
    """Starts whatever may be started, and is back at once after each interview.

    `home_after` is the number of interviews after which they go home: paused, or `silent`,
    back in line but gone. `done` are the queues whose interview they were told is over.
    """

    def __init__(self, client: Client, home_after: int | None, silent: bool) -> None:
        super().__init__(client, "/api/events/")
        self.home_after = home_after
        self._silent = silent
        self.done: set[int] = set()
        self._gone = False

    def hear(self, event: Heard) -> None:
        if self._gone:
            return
        if event.name == "can_start":
            self.press("POST", f"/api/queues/{event.data['queue_id']}/start/")
        elif event.name == "interview_completed":
            self.done.add(event.data["queue_id"])
            self._gone = self.home_after is not None and len(self.done) >= self.home_after
            if not self._gone or self._silent:
                self.press("PATCH", "/api/students/me/status/", {"status": "available"})


class Stand(Visitor):
    """Completes each interview after its time, and sets aside who does not come."""

    def __init__(self, client: Client, interview: float, patience: float | None) -> None:
        super().__init__(client, f"/live{client.link}")
        self._seconds = {"complete": interview}
        if patience is not None:
            self._seconds["absent"] = patience

    def hear(self, event: Heard) -> None:
        if event.name:
            return
        for region, part, html in PARTIAL.findall(event.text):
            action = {"in-interview": "complete", "waiting": "absent"}.get(region)
            if action in self._seconds:
                self._plan(action, part, set(re.findall(ACTION % action, html)), event.at)

    def _plan(self, action: str, part: str, entries: set[str], seen: float) -> None:
        """Plan what the buttons in a region, or in a part of it, are for; what had a button there
        and has none any more is not done."""
        names = {f"{each}/{action}" for each in entries}
        mine = f"{part.removeprefix(' #entry-')}/{action}"
        shown = {each for each in self.due if each.endswith(action) and (not part or each == mine)}
        for name in shown - names:
            del self.due[name]
        for name in names:
            self.due.setdefault(name, seen + self._seconds[action])

    def do(self, name: str) -> None:
        self.press("POST", f"/api{self.client.link}/queues/{name}/")
