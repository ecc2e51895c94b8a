"""PostgreSQL goes away and comes back: a clear 503 meanwhile, and all is well afterwards."""

import signal
import time

import pytest

from tests.support.waiting import wait_until
from tests.system.support.actors import Busy, pause_and_return

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
