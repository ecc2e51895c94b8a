"""Open connections that the hub writes to, none with a thread or greenlet of its own."""

from __future__ import annotations

import os
import select
from collections import deque
from collections.abc import Callable, Iterator
from threading import Condition
from typing import Any, Protocol

from gevent import get_hub
from gevent.monkey import get_original

MOST_UNREAD_BYTES = 1024 * 1024
"""The most that waits for a slow reader, besides the kernel's own buffer: ten times a stand's whole
page. A slower reader is disconnected, and gets the whole page when it comes back."""

LOOK_AFTER_SECONDS, LOOK_EVERY_SECONDS = 0.1, 5.0
"""How soon, and then how often, to check whether a reader that sends nothing more has gone."""

COMMENT = ":\n\n"
"""What every reader of a stream ignores."""

_READ, _WRITE = 1, 2
_poll = get_original("select", "poll")
_SENDS_NO_MORE = getattr(select, "POLLRDHUP", 0)
_READS_NO_MORE = select.POLLHUP | select.POLLERR


def sends_no_more(descriptor: int) -> bool:
    """Whether the other end of a connection has said that it sends nothing more.

    It may still read: that is its right (`nc -N` does so). The kernel can tell this from a next
    request that is waiting to be read.
    """
    return bool(_polled(descriptor) & (_SENDS_NO_MORE | _READS_NO_MORE))


def reads_no_more(descriptor: int) -> bool:
    """Whether the other end of a connection has gone.

    Over TCP this is known only after something was sent to it: its kernel then resets the
    connection, after one round trip.
    """
    return bool(_polled(descriptor) & _READS_NO_MORE)


def _polled(descriptor: int) -> int:
    poller = _poll()
    poller.register(descriptor, _SENDS_NO_MORE)
    return sum(events for _descriptor, events in poller.poll(0))


class Connection(Protocol):
    """Where a stream's messages go."""

    @property
    def is_open(self) -> bool:
        """Whether the reader may still be there."""
        ...

    def send(self, text: str) -> None:
        """Send without waiting. A reader that is too slow or gone is disconnected."""
        ...

    def close(self) -> None:
        """End the stream."""
        ...


class SocketConnection:
    """A connection taken over from the server, which has sent the response's headers.

    `descriptor` belongs to this object, `chunked` says whether to send HTTP/1.1 chunks, and `ended`
    is called once, when either side has ended the connection. Use it only in the thread of gevent's
    loop.
    """

    __slots__ = (
        "_chunked",
        "_descriptor",
        "_ended",
        "_looking",
        "_reading",
        "_unread",
        "_writing",
    )

    def __init__(self, descriptor: int, chunked: bool, ended: Callable[[], None]) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._chunked = chunked
        self._ended: Callable[[], None] | None = ended
        self._unread = b""
        self._writing: Any = None
        self._looking: Any = None
        self._reading = get_hub().loop.io(descriptor, _READ)
        self._reading.start(self._read)

    @property
    def is_open(self) -> bool:
        return self._ended is not None

    def send(self, text: str) -> None:
        data = text.encode()
        self._write(b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data)

    def close(self) -> None:
        if self._chunked and not self._unread:
            self._write(b"0\r\n\r\n")
        self._end()

    def _write(self, data: bytes) -> None:
        if self._ended is None:
            return
        if self._unread:
            self._unread += data
        else:
            self._unread = data
            self._write_unread()
        if len(self._unread) > MOST_UNREAD_BYTES:
            self._end()

    def _write_unread(self) -> None:
        try:
            sent = os.write(self._descriptor, self._unread)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._end()
            return
        self._unread = self._unread[sent:]
        if self._unread and self._writing is None:
            self._writing = get_hub().loop.io(self._descriptor, _WRITE)
            self._writing.start(self._write_unread)
        elif not self._unread and self._writing is not None:
            self._writing.stop()
            self._writing.close()
            self._writing = None

    def _read(self) -> None:
        # What a reader sends is ignored; an empty read says that it sends no more.
        try:
            if not os.read(self._descriptor, 4096):
                self._look_whether_gone()
        except BlockingIOError:
            return
        except OSError:
            self._end()

    def _look_whether_gone(self) -> None:
        self._reading.stop()
        self.send(COMMENT)  # If the reader has gone, its kernel answers with a reset.
        if self._ended is not None:
            self._looking = get_hub().loop.timer(LOOK_AFTER_SECONDS, LOOK_EVERY_SECONDS)
            self._looking.start(self._end_if_gone)
            self._end_if_gone()

    def _end_if_gone(self) -> None:
        if reads_no_more(self._descriptor):
            self._end()

    def _end(self) -> None:
        if self._ended is None:
            return
        ended, self._ended = self._ended, None
        for watcher in (self._reading, self._writing, self._looking):
            if watcher is not None:
                watcher.stop()
                watcher.close()
        os.close(self._descriptor)
        self._unread = b""
        ended()


class IteratedConnection:
    """The same for a server that iterates over the response, such as that of the tests."""

    def __init__(self, ended: Callable[[], None]) -> None:
        self._pieces: deque[str] = deque()
        self._changed = Condition()
        self._ended: Callable[[], None] | None = ended

    @property
    def is_open(self) -> bool:
        return self._ended is not None

    def send(self, text: str) -> None:
        with self._changed:
            self._pieces.append(text)
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            ended, self._ended = self._ended, None
            self._changed.notify_all()
        if ended is not None:
            ended()

    def __iter__(self) -> Iterator[str]:
        try:
            while (piece := self._next()) is not None:
                yield piece
        finally:
            self.close()

    def _next(self) -> str | None:
        with self._changed:
            self._changed.wait_for(lambda: self._pieces or self._ended is None)
            return self._pieces.popleft() if self._pieces else None
