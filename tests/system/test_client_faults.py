"""Clients that give up, vanish or stop reading: the server and everybody else go on."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jobfair.feed.viewer import MOST_STREAMS
from tests.support.chance import seeded
from tests.support.waiting import wait_until

HEARTBEAT = 1.0


@pytest.fixture(scope="module")
def server(serve, set_up):
    return serve(set_up, JOBFAIR_HEARTBEAT_SECONDS=str(HEARTBEAT))


@pytest.fixture
def fair(server):
    """A fair to which nobody is connected."""
    wait_until(lambda: held(server) == 0, "earlier connections are gone")
    return server


def held(fair):
    """How many clients' connections the workers hold."""
    here = f":{fair.server.port:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(here)}
    files = (each for pid in fair.server.workers() for each in Path(f"/proc/{pid}/fd").iterdir())
    listening = 1 * len(fair.server.workers())
    return sum(_points_to(each) in sockets for each in files) - listening


def _points_to(link):
    try:
        return str(link.readlink())
    except OSError:
        return ""


def memory(fair):
    """What the workers have in memory, in megabytes."""
    pages = [Path(f"/proc/{each}/statm").read_text().split()[1] for each in fair.server.workers()]
    return sum(map(int, pages)) * 4096 / 1e6


def raw(client, path, method="GET"):
    """A connection on which a request was sent and nothing is read."""
    link = socket.create_connection(("127.0.0.1", client.port), 10)
    headers = "".join(f"{name}: {value}\r\n" for name, value in client.headers.items())
    link.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode())
    return link


def test_five_hundred_requests_aborted(fair):
    company = fair.company()
    crowd = fair.students(20)
    chance = seeded(2)
    alone = slowest_page(crowd)

    def abort(number):
        client = crowd[number % len(crowd)]
        method, path = (
            ("GET", "/dashboard"),
            ("GET", "/companies"),
            ("POST", f"/companies/{company}/join"),
            ("POST", "/entries/leave-all"),
        )[number % 4]
        with raw(client, path, method):
            time.sleep(chance.uniform(0.001, 0.03))  # Given up at any moment.

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(abort, range(500)))
    assert slowest_page(crowd) < alone + 5
    fair.hall()


def slowest_page(crowd):
    """The longest that one of them waits for a page, in seconds."""
    took = []
    for client in crowd:
        start = time.monotonic()
        assert client.page("/dashboard").status == 200
        took.append(time.monotonic() - start)
    return max(took)


def test_a_reader_that_only_sends_no_more_gets_pages_and_streams(fair):
    """A half-close is legal: `nc -N` does it, and some programs."""
    company = fair.company()
    stand = fair.stand(company)
    with raw(stand, stand.link) as page, page.makefile("rb") as answer:
        page.shutdown(socket.SHUT_WR)
        assert answer.readline() == b"HTTP/1.1 200 OK\r\n"
        assert answer.read().endswith(b"</html>")
    with raw(stand, f"/live{stand.link}") as stream, stream.makefile("rb") as answer:
        stream.shutdown(socket.SHUT_WR)
        assert answer.readline() == b"HTTP/1.1 200 OK\r\n"
        assert any(b"heartbeat" in line for line in answer)


READERS = MOST_STREAMS["link"] - 1
"""Beside one that goes on reading."""


def test_readers_that_vanished_are_let_go(fair):
    company = fair.company()
    stand = fair.stand(company)
    witness = fair.listen(stand, f"/live{stand.link}")
    witness.wait_for("heartbeat")
    before = held(fair)
    for turn in range(4):
        links = [raw(stand, f"/live{stand.link}") for _ in range(READERS)]
        wait_until(lambda: held(fair) == before + READERS, "every stream is open")
        for each in links:
            each.close()
        took = wait_until(lambda: held(fair) == before, "every stream is closed", 20)
        assert took < 2 * HEARTBEAT + 1
        if turn == 0:
            warm = memory(fair)
    assert memory(fair) < warm + 10
    assert not witness.ended
    witness.close()


def test_a_reader_that_stopped_reading_is_cut_off(fair):
    """Its buffer fills, the others get everything, and it is gone a minute later."""
    company = fair.company()
    stand = fair.stand(company)
    crowd = fair.students(40)
    for each in crowd:
        fair.entry(each, company)
    before = held(fair)
    alone = max(changes(stand))
    stuck = socket.socket()
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stuck.connect(("127.0.0.1", stand.port))
    stuck.sendall(f"GET /live{stand.link} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    witness = fair.listen(stand, f"/live{stand.link}")
    witness.wait_for("")
    # Each change sends the long list of those who wait.
    deadline = time.monotonic() + 60
    answers = []
    wait_until(lambda: held(fair) == before + 2, "both streams are open")
    while time.monotonic() < deadline and held(fair) >= before + 2:
        answers += changes(stand)
    wait_until(lambda: held(fair) == before + 1, "the stuck reader alone is gone", 2)
    assert max(answers) < alone + 2
    heard = len(witness.heard)
    assert stand.tap("/queue/close").status == 200
    witness.wait_for("", 2, heard)
    witness.close()
    stuck.close()


def changes(stand):
    """How long each of a few changes takes that everybody is told of, in seconds."""
    took = []
    for path in ("/queue/close", "/queue/open", "/pause", "/resume"):
        start = time.monotonic()
        assert stand.other().tap(path).status == 200
        took.append(time.monotonic() - start)
    return took
