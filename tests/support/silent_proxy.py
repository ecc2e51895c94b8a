"""A proxy that keeps connections open and passes nothing on any more, as firewalls do."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread

from sqlalchemy import make_url


class SilentProxy:
    """Stands in front of a server. `url` is the server's, through the proxy."""

    def __init__(self, url: str) -> None:
        server = make_url(url)
        self._behind = (server.host, server.port)
        self._door = socket.create_server(("127.0.0.1", 0))
        through = server.set(host="127.0.0.1", port=self._door.getsockname()[1])
        self.url = through.render_as_string(hide_password=False)
        self._open: list[_Passage] = []
        Thread(target=self._let_in, daemon=True).start()

    def silence(self) -> None:
        """From now on nothing passes on the connections that are open; new ones work."""
        for each in self._open:
            each.is_silent = True

    def close(self) -> None:
        self._door.close()
        for each in self._open:
            each.close()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                self._open.append(_Passage(client, socket.create_connection(self._behind)))


class _Passage:
    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.is_silent = False
        self._ends = (client, server)
        for ends in (self._ends, self._ends[::-1]):
            Thread(target=self._pass_on, args=ends, daemon=True).start()

    def close(self) -> None:
        for each in self._ends:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not self.is_silent:
                    target.sendall(data)
            if not self.is_silent:
                target.shutdown(socket.SHUT_WR)
