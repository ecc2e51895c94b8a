"""Workers share the connections out evenly: streams and kept connections, in whatever order they
came."""

import os
import signal
import socket
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.support.waiting import wait_until

MOST = 1.3
"""Times its share that one worker may hold, from 80 connections on."""

ONE_MORE = 1
"""With fewer: a worker that is busy for the time that others wait for it gets the next one."""

ASK = b"HEAD /static/favicon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n"
SAY_BYE = b"HEAD /static/favicon.svg HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


class Crowd:
    """Clients that keep their connections, as browsers do."""

    def __init__(self, port):
        self.port, self._stack = port, ExitStack()
        self.open = []

    def grow_to(self, count):
        while len(self.open) < count:
            client = self._stack.enter_context(
                closing(socket.create_connection(("127.0.0.1", self.port)))
            )
            self.open.append(client)
        self.ask()

    def ask(self):
        """Each asks once more, so that none is given up for being silent."""
        for client in self.open:
            client.sendall(ASK)
        for client in self.open:
            assert client.recv(65536).startswith(b"HTTP/1.1 200")

    def answered(self):
        """Those whose connection is not gone."""
        return [client for client in self.open if is_answered(client)]

    def come_back(self):
        """Those whose connection is gone open another."""
        wanted = len(self.open)
        self.open = self.answered()
        self.grow_to(wanted)

    def close(self):
        self._stack.close()


@pytest.fixture(scope="module", params=[2, 4])
def fair(serve, request):
    return serve("postgresql", workers=request.param)


@pytest.fixture
def server(fair):
    return fair.server


@pytest.fixture(autouse=True)
def every_worker_serves(server):
    wait_until_every_worker_serves(server)


def wait_until_every_worker_serves(server, others=0):
    """A worker that starts takes part once it accepts: then a newcomer is its."""
    with closing(Crowd(server.port)) as crowd:

        def all_hold_some():
            crowd.grow_to(len(crowd.open) + 1)
            return all(held(server).values())

        wait_until(all_hold_some, "every worker serves")
    wait_until(lambda: sum(held(server).values()) == others, "the newcomers are gone")


@pytest.fixture
def crowd(server):
    with closing(Crowd(server.port)) as crowd:
        yield crowd


def is_answered(client):
    try:
        client.sendall(ASK)
        return client.recv(65536).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def held(server):
    """How many connections each worker holds, as the kernel has it."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    port = f":{server.port:04X}"
    inodes = {row[9] for row in rows if row[1].endswith(port) and row[3] == "01"}
    return Counter({worker: len(inodes & sockets_of(worker)) for worker in server.workers()})


def sockets_of(worker):
    found = set()
    for each in Path(f"/proc/{worker}/fd").iterdir():
        try:
            found.add(str(each.readlink()).removeprefix("socket:[").removesuffix("]"))
        except OSError:
            continue
    return found


def is_even(server, count):
    shares = held(server)
    share = count / len(shares)
    most = max(MOST * share, share + ONE_MORE)
    return sum(shares.values()) == count and max(shares.values()) <= most


@pytest.mark.parametrize("count", [8, 80, 800])
def test_no_worker_has_more_than_its_share(server, crowd, count):
    crowd.grow_to(count)
    assert is_even(server, count), held(server)


@pytest.mark.parametrize("way", ["directly", "nginx"])
def test_streams_are_shared_out_as_well(fair, proxy, way):
    """Without nginx keeping a connection to the server, as in deploy/nginx."""
    port = fair.server.port if way == "directly" else proxy(fair.server.port, "")
    with ExitStack() as stack:
        for _ in range(8):
            stand = fair.stand(fair.company())
            stand.port = port
            for _ in range(10):
                stream = fair.listen(stand, f"/live{stand.link}")
                stack.callback(stream.close)
                stream.wait_for("connection_established")
        assert is_even(fair.server, 80), held(fair.server)


def test_a_worker_that_takes_another_ones_place_takes_its_share(server, crowd):
    crowd.grow_to(80)
    before = server.workers()
    os.kill(before[0], signal.SIGKILL)
    wait_until(lambda: len(set(server.workers()) - set(before)) == 1, "another has come")
    wait_until_every_worker_serves(server, len(crowd.answered()))
    crowd.come_back()
    assert is_even(server, 80), held(server)


def test_during_a_reload_new_workers_share_and_wait_for_no_old_one(server, crowd):
    crowd.grow_to(80)
    before = set(server.workers())
    os.kill(server.pid, signal.SIGHUP)
    wait_until(
        lambda: before.isdisjoint(now := server.workers()) and len(now) == len(before),
        "all workers are new",
    )
    wait_until_every_worker_serves(server, len(crowd.answered()))
    crowd.come_back()
    assert is_even(server, 80), held(server)


def test_a_worker_that_does_not_come_is_not_waited_for(server, crowd):
    """It is computing, or stuck: the others take what is there."""
    crowd.grow_to(8)
    stuck = min(held(server).items(), key=lambda each: each[1])[0]
    os.kill(stuck, signal.SIGSTOP)
    try:
        for _ in range(4):
            with socket.create_connection(("127.0.0.1", server.port), timeout=2) as client:
                client.sendall(SAY_BYE)
                assert client.recv(65536).startswith(b"HTTP/1.1 200")
    finally:
        os.kill(stuck, signal.SIGCONT)
