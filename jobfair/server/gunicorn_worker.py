"""The worker that serves JobFair: gunicorn's for gevent, with two faults of it mended.

Import nothing here that opens sockets: the master loads this before gevent has patched anything.
"""

from __future__ import annotations

import socket
from typing import Any

import gevent
from gunicorn.workers.ggevent import GeventWorker

PIECE = 1024 * 1024
"""Bytes that are read at once of a body that nobody wants."""


class Worker(GeventWorker):
    """Answers whatever it has accepted, and spends nothing on bodies that were refused."""

    def handle(self, listener: socket.socket, client: socket.socket, addr: Any) -> None:
        """Serve one connection.

        Gunicorn asks the listener for its address here. That fails once a stopping worker has
        closed it, and what was accepted just before is dropped (benoitc/gunicorn#712, #1877).
        The connection knows the same address, and is open as long as it is served.
        """
        super().handle(client, client, addr)

    def handle_request(
        self, listener_name: Any, req: Any, sock: socket.socket, addr: Any
    ) -> bool | None:
        """Answer one request and read what the application has left of its body.

        Gunicorn reads it before the connection's next request, a KiB at a time, and for each of
        them copies all that has arrived (the way of reading is benoitc/gunicorn#2596). A megabyte
        sent to an address that refuses it kept everybody waiting for 30 ms or more.
        """
        result: bool | None = super().handle_request(listener_name, req, sock, addr)
        with self.timeout_ctx():
            while req.body.read(PIECE):
                gevent.sleep()
        return result
