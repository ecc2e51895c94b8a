"""People who keep doing something while the test does its worst, and remember every answer."""

from __future__ import annotations

import http.client
import time
from collections import Counter
from collections.abc import Callable
from threading import Event, Thread

from tests.system.support.clients import Answer, Client

Step = Callable[[Client, int], Answer]


class Busy:
    """Each of the clients takes one step after the other until told to stop.

    `answers` counts the statuses; `unanswered` the requests that broke off; `done` the steps
    that a client was told were carried out, `tried` all that it sent.
    """

    def __init__(self, clients: list[Client], step: Step, pause: float = 0.01) -> None:
        self.answers: Counter[int] = Counter()
        self.unanswered = 0
        self.done: Counter[int | None] = Counter()
        self.tried: Counter[int | None] = Counter()
        self.last: dict[int, Answer] = {}
        self._step = step
        self._pause = pause
        self._stopping = Event()
        self._threads = [Thread(target=self._act, args=(each,), daemon=True) for each in clients]

    def __enter__(self) -> Busy:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(60)

    def _act(self, client: Client) -> None:
        number = 0
        while not self._stopping.is_set():
            self.tried[client.student_id] += 1
            try:
                answer = self._step(client, number)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                time.sleep(0.05)  # Not as fast as one can be refused.
            else:
                self.answers[answer.status] += 1
                self.last[answer.status] = answer
                self.done[client.student_id] += answer.status < 300
            number += 1
            time.sleep(self._pause)  # A client's pace.


def pause_and_return(client: Client, number: int) -> Answer:
    """One after the other; a refusal means that the broken request before had been carried out."""
    status = "available" if number % 2 else "paused"
    return client.call("PATCH", "/api/students/me/status/", {"status": status})
