"""The loop in every worker that tells other servers of events; one worker at a time for each.

Each server's turn has its own thread, so a server that takes seconds to answer delays no other.
"""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread

from flask import Flask
from urllib3 import PoolManager

from jobfair import background
from jobfair.services import webhooks
from jobfair.services.webhooks import Target
from jobfair.web_push import endpoints
from jobfair.webhooks import sender

LOOK_EVERY_SECONDS = 1.0


class Turns:
    """The turns of a process: begun by `look`, ended by themselves, at most one for each server."""

    def __init__(self, app: Flask, connections: PoolManager) -> None:
        self._app = app
        self._connections = connections
        self._errors: SimpleQueue[Exception] = SimpleQueue()

    def look(self) -> None:
        """Begin the turn of every server for which there is something to do, and wait for none.

        Raises what a turn has raised since, so that the loop reports it; that server is told again
        when the claim is over.
        """
        for target in sender.claimed():
            Thread(target=self._tell, args=(target,), name="webhook", daemon=True).start()
        if not self._errors.empty():
            raise self._errors.get()

    def _tell(self, target: Target) -> None:
        try:
            with self._app.app_context():
                sender.tell(target, self._connections)
        except Exception as error:  # noqa: BLE001 - the loop raises it
            self._errors.put(error)


def start(app: Flask) -> None:
    """Tell other servers in the background, as long as the process lives."""
    connections = endpoints.connections(app.config["PUSH_ANYWHERE"], at_once=webhooks.MOST)
    background.start(app, "webhooks", Turns(app, connections).look, LOOK_EVERY_SECONDS)
