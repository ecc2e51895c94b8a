"""A new version while five hundred pages are open: no request fails, and nobody waits long."""

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from itertools import cycle, islice

import pytest

from jobfair.feed.viewer import MOST_STREAMS
from tests.support.waiting import wait_until
from tests.system.support.actors import Busy
from tests.system.support.serving import PROJECT
from tests.system.support.visitors import Phone

STREAMS = 500
PHONES = 200
EXIT_SECONDS = 5.0
"""What open pages may cost on top of stopping without them."""


@pytest.fixture(scope="module")
def fair(serve):
    return serve("postgresql")


def stands_for(fair, streams):
    """Enough stands, as each may have only this many streams open."""
    count = -(-streams // MOST_STREAMS["link"])
    return [fair.stand(fair.company()) for _ in range(count)]


class OpenPages:
    """Streams that only wait to be ended."""

    def __init__(self, stands, count):
        self._waiting = selectors.DefaultSelector()
        self._links = []
        for stand in islice(cycle(stands), count):
            link = socket.create_connection(("127.0.0.1", stand.port), 10)
            link.sendall(f"GET /live{stand.link} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert b"200 OK" in link.recv(100)
            link.setblocking(False)
            self._waiting.register(link, selectors.EVENT_READ)
            self._links.append(link)

    def open(self):
        """How many are open still."""
        for key, _ in self._waiting.select(0):
            try:
                ended = not key.fileobj.recv(65536)
            except OSError:
                ended = True
            if ended:
                self._waiting.unregister(key.fileobj)
                key.fileobj.close()
                self._links.remove(key.fileobj)
        return len(self._links)

    def close(self):
        for each in self._links:
            each.close()
        self._waiting.close()


def stopping(fair):
    """How long the server takes to stop, in seconds."""
    start = time.monotonic()
    fair.server.stop()
    took = time.monotonic() - start
    fair.server.start()
    return took


@pytest.fixture(scope="module")
def stopping_alone(fair):
    """How long it takes while no page is open."""
    return stopping(fair)


@pytest.fixture
def pages(fair):
    pages = OpenPages(stands_for(fair, STREAMS), STREAMS)
    yield pages
    pages.close()


def looking(client, number):
    return client.page("/dashboard")


def test_reloading(fair, stopping_alone, pages):
    before = set(fair.server.workers())
    with Busy(fair.students(4), looking) as busy:
        wait_until(lambda: len(busy.done) == 4, "everybody is at it")
        os.kill(fair.server.pid, signal.SIGHUP)
        took = wait_until(lambda: pages.open() == 0, "every stream has ended")
        wait_until(lambda: not before & set(fair.server.workers()), "the old workers are gone")
        wait_until(lambda: len(fair.server.workers()) == 2, "the new workers are there")
        answered = busy.answers[200]
        wait_until(lambda: busy.answers[200] > answered + 20, "the new workers answer")
    assert took < stopping_alone + EXIT_SECONDS
    assert busy.unanswered == 0
    assert set(busy.answers) == {200}


def test_nobody_comes_back_in_the_same_moment(serve):
    """One worker cuts all of them off at once; as hx-sse was told to, they come back apart."""
    fair = serve("sqlite")
    stands = stands_for(fair, PHONES)
    page = stands[0].page("").text
    phones = [
        Phone(stand.other(), f"/live{stand.link}", page) for stand in islice(cycle(stands), PHONES)
    ]
    for each in phones:
        each.arrive()
    wait_until(lambda: all(each.connected for each in phones), "every page is open")
    os.kill(fair.server.pid, signal.SIGHUP)
    wait_until(lambda: all(len(each.tried) > 1 for each in phones), "everybody comes back", 20)
    back = sorted(each.tried[1] for each in phones)
    Phone.leave(phones)
    most = max(sum(0 <= at - first < 0.1 for at in back) for first in back)
    assert most <= PHONES / 4


def test_stopping(fair, stopping_alone, pages):
    assert stopping(fair) < stopping_alone + EXIT_SECONDS


def test_a_restart_behind_a_listening_socket(fair):
    """systemd keeps the socket: requests wait in it until the new server takes them."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        crowd = fair.students(4)
        for each in crowd:
            each.port = listener.getsockname()[1]
        stand = fair.stand(fair.company())
        stand.port = listener.getsockname()[1]
        server = activated(fair, listener)
        try:
            with Busy(crowd, looking) as busy:
                for _ in range(2):
                    answered = busy.answers[200]
                    wait_until(lambda n=answered: busy.answers[200] > n, "it answers")
                    pages = OpenPages([stand], MOST_STREAMS["link"])
                    server.send_signal(signal.SIGTERM)
                    server.wait(EXIT_SECONDS)
                    wait_until(lambda p=pages: p.open() == 0, "every stream has ended", 1)
                    server = activated(fair, listener)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
    assert busy.unanswered == 0
    assert set(busy.answers) == {200}


ACTIVATE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "wsgi:app"])
"""


def activated(fair, listener):
    """The server as systemd's socket activation starts it: the listener is descriptor 3."""
    return subprocess.Popen(
        [sys.executable, "-c", ACTIVATE, str(listener.fileno())],
        cwd=PROJECT,
        env=fair.server.environment,
        pass_fds=[listener.fileno()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
