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

        Gunicorn asks the listener for its address here, which fails once a stopping worker has
        closed it: what was accepted just before was dropped (benoitc/gunicorn#1877). The
        connection knows the address, too, and is open as long as it is served.
        """
        super().handle(client, client, addr)

    def handle_request(
        self, listener_name: Any, req: Any, sock: socket.socket, addr: Any
    ) -> bool | None:
        """Answer one request and read what the application has left of its body.

        Gunicorn would read it before the connection's next request, a KiB at a time, and copy all
        that has arrived for each of them: a megabyte sent to an address that refuses it kept
        everybody waiting for 30 ms or more.
        """
        result: bool | None = super().handle_request(listener_name, req, sock, addr)
        with self.timeout_ctx():
            while req.body.read(PIECE):
                gevent.sleep()
        return result
