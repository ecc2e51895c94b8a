"""nginx in front, as careless as its defaults: events arrive at once, and nothing is missed."""

import gzip
import http.client
import time

import pytest

from jobfair.services.queues import queues
from jobfair.unit_of_work import actors
from tests.support.waiting import wait_until
from tests.system.support.clients import Client
from tests.system.support.visitors import Phone

COMPRESSING = """
    gzip on;
    gzip_min_length 0;
    gzip_proxied any;
    gzip_types text/event-stream text/css text/javascript application/json;
"""
IMPATIENT = "proxy_read_timeout 20s;"
HEARTBEATS_SECONDS = 31.0
"""Two of them, as often as they come when nobody says otherwise; longer than nginx waits."""

AT_ONCE_SECONDS = 1.0
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def fair(serve):
    return serve("postgresql")


@pytest.fixture(scope="module")
def compressing(proxy, fair):
    return proxy(fair.server.port, COMPRESSING)


def through(port, client):
    """The same person, who goes through the proxy and understands gzip."""
    return Client(port, client.headers | GZIP, client.student_id, client.link)


def fetched(client, path):
    link = http.client.HTTPConnection("127.0.0.1", client.port, timeout=10)
    link.request("GET", path, headers=client.headers)
    answer = link.getresponse()
    body = answer.read()
    link.close()
    assert answer.headers["Content-Encoding"] == "gzip"
    return answer.status, gzip.decompress(body).decode()


def test_pages_are_what_they_are_without_it(fair, compressing):
    (student,) = fair.students(1)
    fair.entry(student, fair.company())
    for path in ("/dashboard", "/companies", "/profile"):
        status, page = fetched(through(compressing, student), path)
        assert status == 200
        assert "</html>" in page
        assert 'id="live"' in page


@pytest.mark.parametrize("path", ["/live/dashboard", "/api/events/"])
def test_events_arrive_at_once(fair, compressing, path):
    (student,) = fair.students(1)
    stream = fair.listen(through(compressing, student), path)
    stream.wait_for("connection_established", AT_ONCE_SECONDS)
    for _ in range(5):
        seen = len(stream.heard)
        company = fair.company()
        assert student.other().tap(f"/companies/{company}/join").status == 200
        assert stream.wait_for("can_start", AT_ONCE_SECONDS, seen).data["company_id"] == company
    assert stream.compressed
    stream.close()


def test_a_stream_outlives_a_proxy_that_closes_what_is_silent(fair, proxy):
    (student,) = fair.students(1)
    stream = fair.listen(through(proxy(fair.server.port, IMPATIENT), student), "/api/events/")
    stream.wait_for("connection_established")
    start = time.monotonic()
    seen = 0
    while time.monotonic() - start < HEARTBEATS_SECONDS and not stream.ended:
        seen = len(stream.more(seen, HEARTBEATS_SECONDS - (time.monotonic() - start)))
    assert not stream.ended
    assert stream.count("heartbeat") == 2
    stream.close()


def test_nothing_is_missed_while_it_answers_502(fair, compressing):
    (student,) = fair.students(1)
    companies = [fair.company() for _ in range(6)]
    page = student.page("/dashboard").text
    phone = Phone(through(compressing, student), "/api/events/", page)

    def join(*some):
        with fair.inside():
            for each in some:
                queues.join(actors.student(student.student_id), each)

    def calls():
        return [each.data["company_id"] for each in phone.heard if each.name == "can_start"]

    phone.arrive()
    wait_until(lambda: phone.connected, "the stream is open")
    join(*companies[:2])
    wait_until(lambda: len(calls()) == 2, "the first two are heard of")
    fair.server.stop()
    wait_until(lambda: phone.answers[502] >= 2, "it was sent away twice")
    join(*companies[2:4])
    fair.server.start()
    join(*companies[4:])
    wait_until(lambda: len(calls()) >= 6, "everything is heard of", 5)
    Phone.leave([phone])
    assert calls() == companies
