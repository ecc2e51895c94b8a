"""Nobody who merely has an account or a link takes the streams or the server from the others."""

import select
import socket
import time
from contextlib import ExitStack, closing

import pytest

from jobfair.feed.viewer import MOST_STREAMS
from jobfair.services.fair import messages
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.waiting import wait_until

STREAMS = 300
SIGN_INS = 50
WITHIN_SECONDS = 1.0
CONNECTIONS = 40
MOST_OF_A_WORKER = 36
"""Nine tenths."""


class Taker:
    """Opens stream after stream and keeps them all."""

    def __init__(self):
        self._stack = ExitStack()
        self._open = []
        self.statuses = []

    def take(self, client, path):
        """One more; notes the answer's head."""
        sock = socket.create_connection(("127.0.0.1", client.port), 10)
        self._stack.enter_context(closing(sock))
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in client.headers.items()]
        sock.sendall("\r\n".join([*lines, "", ""]).encode())
        head = sock.recv(65536).decode()
        self.statuses.append(int(head.split()[1]))
        if self.statuses[-1] == 200:
            self._open.append(sock)
        return head

    def held(self):
        """How many the server has not ended."""
        for sock in select.select(self._open, [], [], 0)[0]:
            if not sock.recv(65536):
                self._open.remove(sock)
        return len(self._open)

    def close(self):
        self._stack.close()


@pytest.fixture
def taker():
    with closing(Taker()) as taker:
        yield taker


def seconds_for(fair, path):
    began = time.monotonic()
    assert fair.nobody().page(path).status == 200
    return time.monotonic() - began


def answers_soon(fair):
    """The best of three, as a machine that is busy with others says little."""
    for path in ("/login", "/health"):
        assert any(seconds_for(fair, path) < WITHIN_SECONDS for _ in range(3)), path


def test_one_account_keeps_as_many_as_it_may_over_both_workers(serve, taker):
    fair = serve("postgresql")
    (bob,) = fair.students(1)
    other = fair.listen(bob, "/api/events/")
    other.wait_for("connection_established")
    with fair.inside():
        alice = factories.student("Alice")
        sign_ins = [fair.signed_in(alice) for _ in range(SIGN_INS)]
    for number in range(STREAMS):
        taker.take(sign_ins[number % SIGN_INS], "/api/events/")
        if number % 100 == 0:
            answers_soon(fair)
    assert set(taker.statuses) == {200}
    answers_soon(fair)
    wait_until(lambda: taker.held() <= MOST_STREAMS["account"], "no more than it may", 5)
    assert taker.held() == MOST_STREAMS["account"]
    with fair.inside():
        messages.to_everyone(actors.SYSTEM, "Still there")
    other.wait_for("notification")
    assert not other.ended
    other.close()


def test_streams_leave_a_worker_connections_for_pages(serve, taker):
    fair = serve("postgresql", GUNICORN_CMD_ARGS=f"--worker-connections {CONNECTIONS}")
    stands = [fair.stand(fair.company()) for _ in range(2)]
    heads = [
        taker.take(stands[number % 2], f"/api{stands[number % 2].link}/events/")
        for number in range(2 * MOST_STREAMS["link"])
    ]
    assert taker.statuses.count(200) <= 2 * MOST_OF_A_WORKER
    assert {*taker.statuses} == {200, 503}
    assert all("Retry-After: " in head for head in heads if " 503 " in head[:20])
    answers_soon(fair)
