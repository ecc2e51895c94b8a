"""The sender: one for each process. It hears the journal as an open page does, and pushes."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from queue import Queue
from threading import Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from jobfair import clock
from jobfair.feed import hub, journal
from jobfair.feed.hub import Subscription
from jobfair.feed.viewer import Viewer
from jobfair.web_push import endpoints, pushes
from jobfair.web_push.delivery import deliver
from jobfair.web_push.pushes import Taken

AT_ONCE = 16
LOOK_EVERY_SECONDS = 2.0
BREATH_SECONDS = 1.0

log = logging.getLogger(__name__)

_senders: list[Sender] = []


class Sender:
    """Threads (greenlets, where the server has patched them) that take pushes and send them."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._taken: Queue[Taken] = Queue()
        self._stopping = False
        self._looked_at = 0.0
        self._connections = endpoints.connections(app.config["PUSH_ANYWHERE"], AT_ONCE)

    def start(self) -> None:
        """Begin; waits for nothing, the database included."""
        for work in (self._listen, *[self._send] * AT_ONCE):
            Thread(target=work, daemon=True).start()

    def stop(self) -> None:
        """Take nothing more; what is not sent is taken over by another worker."""
        self._stopping = True

    def _listen(self) -> None:
        with self._app.app_context():
            while not self._stopping:
                try:
                    self._follow()
                except SQLAlchemyError as error:
                    log.warning("pushes not taken: %s", error)
                except Exception:
                    # Something that nobody foresaw must not silence every phone of the hall.
                    log.exception("pushes not taken")
                time.sleep(BREATH_SECONDS)

    def _follow(self) -> None:
        here = hub.current()
        subscription = here.open(_EVERYTHING)
        try:
            # What happened while nobody of ours listened, as after a restart.
            since = clock.now() - pushes.CALL_LASTS
            self._put(pushes.take(journal.lately(since, pushes.KINDS)))
            while not (self._stopping or subscription.ended):
                self._look(subscription)
        finally:
            here.close(subscription)

    def _look(self, subscription: Subscription) -> None:
        heard = subscription.wait(LOOK_EVERY_SECONDS)
        self._put(pushes.take(each.row for each in heard))
        if time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS:
            self._looked_at = time.monotonic()
            self._put(pushes.take_over())

    def _put(self, taken: Iterable[Taken]) -> None:
        for push in taken:
            self._taken.put(push)

    def _send(self) -> None:
        with self._app.app_context():
            while True:
                push = self._taken.get()
                if self._stopping:
                    return
                try:
                    deliver(push, self._connections)
                except Exception:
                    log.exception("push %d not sent", push.number)


_EVERYTHING = Viewer(group="web push", topics=("everything",), allowed=lambda: True, patient=True)


def start(app: Flask) -> Sender:
    """Let this process send pushes."""
    sender = Sender(app)
    sender.start()
    _senders.append(sender)
    return sender


def stop_all() -> None:
    """Send nothing more; called when the server stops."""
    for sender in _senders:
        sender.stop()
