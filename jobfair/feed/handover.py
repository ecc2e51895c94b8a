"""What the server gets instead of a response body: the hub has taken its connection.

Import nothing here that opens sockets: the master loads this before gevent has patched anything.
"""

from __future__ import annotations

from collections.abc import Callable


class HandedOver:
    """An empty body. The server sets `when_closed`, to be called when the connection has ended."""

    def __init__(self) -> None:
        self.when_closed: Callable[[], None] | None = None

    def __iter__(self) -> HandedOver:
        return self

    def __next__(self) -> bytes:
        raise StopIteration

    def closed(self) -> None:
        """Say that the connection has ended."""
        if self.when_closed is not None:
            self.when_closed()
