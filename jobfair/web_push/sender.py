"""The sender, one per process: it follows the journal as an open page does, and sends pushes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from flask import Flask

from jobfair import background, clock
from jobfair.feed import hub, journal
from jobfair.feed.subscriptions import Inbox
from jobfair.feed.viewer import Viewer
from jobfair.web_push import endpoints, pushes
from jobfair.web_push.delivery import deliver
from jobfair.web_push.outbound_queue import AT_ONCE, OutboundQueue
from jobfair.web_push.pushes import ClaimedPush

LOOK_EVERY_SECONDS = 2.0
RETURN_SECONDS = 1.0

_senders: list[Sender] = []


class Sender:
    """One loop that claims pushes, and several that send them. Starting it does not block."""

    def __init__(self, app: Flask) -> None:
        self._claimed = OutboundQueue()
        self._looked_at = 0.0
        self._connections = endpoints.connections(app.config["PUSH_ANYWHERE"], AT_ONCE)
        self._loops = [
            background.start(app, "push taker", self._claim, RETURN_SECONDS),
            *(background.start(app, "push sender", self._send, 0) for _ in range(AT_ONCE)),
        ]

    def stop(self) -> None:
        """Claim nothing more; another worker sends what is left."""
        for loop in self._loops:
            loop.stop()

    def _claim(self) -> Iterator[None]:
        here = hub.current()
        subscription = here.listen(_EVERYTHING)
        try:
            # Rows written while no sender listened, as after a restart or an error.
            since = clock.now() - pushes.CALL_LASTS
            self._put(pushes.claim(journal.recent(since, pushes.KINDS)))
            while not subscription.ended:
                yield
                self._look(subscription)
        finally:
            here.close(subscription)

    def _look(self, subscription: Inbox) -> None:
        deliveries = subscription.wait(LOOK_EVERY_SECONDS)
        self._put(pushes.claim(each.row for each in deliveries))
        if time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS:
            self._looked_at = time.monotonic()
            self._put(pushes.reclaim())

    def _put(self, claimed: Iterable[ClaimedPush]) -> None:
        for push in claimed:
            self._claimed.put(push)

    def _send(self) -> Iterator[None]:
        while True:
            # An error belongs to one push: yielding here tells the loop that it is over.
            yield
            push = self._claimed.take()
            answered: bool | None = None
            try:
                if self._claimed.rests(push):
                    pushes.later(push)
                else:
                    answered = deliver(push, self._connections)
            finally:
                self._claimed.done(push, answered)


_EVERYTHING = Viewer(group="web push", topics=("everything",), allowed=lambda: True, patient=True)


def start(app: Flask) -> Sender:
    """Let this process send pushes."""
    sender = Sender(app)
    _senders.append(sender)
    return sender


def stop_all() -> None:
    """Send nothing more; called when the server stops."""
    for sender in _senders:
        sender.stop()
