"""PostgreSQL goes away and comes back: a clear 503 meanwhile, and all is well afterwards."""

import os
import signal
import time
from pathlib import Path
from threading import Thread

import pytest

from jobfair.db.postgres_wait import STORED_SECONDS
from tests.support.silent_proxy import SilentProxy
from tests.support.waiting import wait_until
from tests.system.support.actors import Busy, pause_and_return

WELL_AGAIN_SECONDS = 5
HOW = [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL]


@pytest.fixture(scope="module")
def fair(own_postgresql, serve):
    return serve("postgresql", postgresql=own_postgresql)


@pytest.mark.parametrize("how", HOW, ids=["fast", "immediate", "killed"])
def test_restarted(fair, own_postgresql, how):
    crowd = fair.students(6)
    with Busy(crowd, pause_and_return) as busy:
        wait_until(lambda: len(busy.done) == len(crowd), "everybody is at it")
        own_postgresql.stop(how)
        wait_until(lambda: busy.answers[503], "somebody is told")
        health = fair.nobody().page("/health")
        assert (health.status, health.data["database"]) == (503, "failing")
        own_postgresql.start()
        wait_until(fair.server.healthy, "the server is healthy again", 5)
    assert set(busy.answers) <= {200, 400, 503}
    assert busy.unanswered == 0
    assert busy.last[503].code == "unavailable"
    for each in crowd:
        happened = fair.count("student_status_changed", student_id=each.student_id)
        assert busy.done[each.student_id] <= happened <= busy.tried[each.student_id]
    fair.hall()


def test_no_request_pays_for_a_restart_before_it(fair, own_postgresql):
    crowd = fair.students(6)
    with Busy(crowd, pause_and_return) as busy:
        wait_until(lambda: busy.answers[200] > 10 * len(crowd), "every connection is in use")
    own_postgresql.stop()
    own_postgresql.start()
    with Busy(crowd, pause_and_return) as busy:
        wait_until(lambda: busy.answers.total() > 10 * len(crowd), "every connection is in use")
    assert set(busy.answers) <= {200, 400}


def test_streams_outlive_a_restart(fair, own_postgresql):
    company = fair.company()
    stand = fair.stand(company)
    screens = [fair.listen(stand.other(), f"/live{stand.link}") for _ in range(4)]
    for each in screens:
        each.wait_for("")
    own_postgresql.stop()
    time.sleep(2)  # Away for longer than from one look of the hub to the next.
    own_postgresql.start()
    (student,) = fair.students(1)
    before = len(screens[0].heard)
    assert student.tap(f"/companies/{company}/join").status == 200
    for each in screens:
        each.wait_for("", 2, before)
        each.close()


def test_silent_connections_stop_nobody_for_long(serve, postgresql):
    """What is open passes nothing on any more, and nobody says so; new connections work."""
    proxy = SilentProxy(postgresql.url)
    fair = serve("postgresql", postgresql=proxy)
    crowd = fair.students(6)
    with Busy(crowd, pause_and_return) as busy:
        for _ in range(3):
            _goes_on(busy, crowd)
            proxy.silence()
            time.sleep(WELL_AGAIN_SECONDS)  # The time that it may take.
            failed = busy.answers[503]
            _goes_on(busy, crowd)
            assert busy.answers[503] == failed
            assert fair.nobody().page("/health").status == 200
    assert set(busy.answers) <= {200, 400, 503}
    assert busy.unanswered == 0
    fair.hall()


def test_a_worker_that_freezes_before_its_commit_stops_nobody_for_long(serve, postgresql):
    fair = serve("postgresql", app="tests.system.support.freezing:app")
    frozen, *crowd = fair.students(5)
    company = fair.company()
    answers = []
    freezing = Thread(
        target=lambda: answers.append(frozen.tap(f"/companies/{company}/join", freeze="now"))
    )
    freezing.start()
    try:
        wait_until(lambda: _stopped(fair.server.workers()), "a worker is frozen")
        start = time.monotonic()
        # Some are taken by the worker that is frozen, and wait for it.
        tried = [each.call("POST", "/api/queues/", {"company": company}) for each in crowd]
    finally:
        for each in _stopped(fair.server.workers()):
            os.kill(each, signal.SIGCONT)
    assert [each.status for each in tried] == [201] * len(crowd)
    assert time.monotonic() - start < STORED_SECONDS + 2
    freezing.join()
    assert [each.status for each in answers] == [503]
    fair.hall()


def _goes_on(busy, crowd):
    enough = busy.answers[200] + 10 * len(crowd)
    wait_until(lambda: busy.answers[200] > enough, "all are at it")


def _stopped(workers):
    return [each for each in workers if Path(f"/proc/{each}/stat").read_text().split()[2] == "T"]
