"""The worker that serves JobFair: gunicorn's for gevent, with one fault of it mended.

Import nothing here that opens sockets: the master loads this before gevent has patched anything.
"""

from __future__ import annotations

import socket
from typing import Any

from gunicorn.workers.ggevent import GeventWorker


class Worker(GeventWorker):
    """Answers whatever it has accepted, also when told to stop in that very moment."""

    def handle(self, listener: socket.socket, client: socket.socket, addr: Any) -> None:
        """Serve one connection.

        Gunicorn asks the listener for its address here, which fails once a stopping worker has
        closed it: what was accepted just before was dropped (benoitc/gunicorn#1877). The
        connection knows the address, too, and is open as long as it is served.
        """
        super().handle(client, client, addr)
