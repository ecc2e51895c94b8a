"""Workers die; what was answered stays done, and every screen is right again at once."""

import os
import signal
import time
from http.client import HTTPException

import pytest

from jobfair.services.queues import queues
from jobfair.unit_of_work import actors
from tests.support.chance import seeded
from tests.support.waiting import wait_until
from tests.system.support.actors import Busy, pause_and_return

KILLS = {"postgresql": 20, "sqlite": 5}


@pytest.fixture(scope="module")
def fair(serve, set_up):
    return serve(set_up)


def test_a_worker_is_killed_in_the_middle_again_and_again(fair, set_up):
    company = fair.company(slots=3)
    crowd = fair.students(8)
    for each in crowd:
        fair.entry(each, company)
    chance = seeded(1)
    with Busy(crowd, pause_and_return) as busy:
        for _ in range(KILLS[set_up]):
            time.sleep(chance.uniform(0.1, 0.4))  # Killed at any moment.
            wait_until(fair.server.workers, "a worker lives")
            os.kill(chance.choice(fair.server.workers()), signal.SIGKILL)
        wait_until(fair.server.healthy, "the server is healthy again")
    assert set(busy.answers) <= {200, 400}
    fair.hall()
    for each in crowd:
        happened = fair.count("student_status_changed", student_id=each.student_id)
        assert busy.done[each.student_id] <= happened <= busy.tried[each.student_id]


def test_screens_are_right_two_seconds_after_the_restart(fair):
    company = fair.company()
    student, other = fair.students(2)
    fair.entry(other, company)
    entry = fair.entry(student, company)
    screen = fair.listen(student, "/live/dashboard")
    screen.wait_for("")
    for each in fair.server.workers():
        os.kill(each, signal.SIGKILL)
    wait_until(lambda: screen.ended, "the stream has ended")
    with fair.inside():
        queues.leave_all(actors.student(other.student_id))
    wait_until(fair.server.healthy, "the server is healthy again")
    again = fair.listen(student, "/live/dashboard", screen.last_id)
    assert again.wait_for("can_start", 2).data["queue_id"] == entry
    again.showing(f"/entries/{entry}/start", 2)
    again.close()


def test_death_between_commit_and_hint(serve):
    """The other worker looks by itself; nobody waits for a hint that was never sent."""
    fair = serve("postgresql", app="tests.system.support.dying:app")
    company = fair.company()
    student, other = fair.students(2)
    fair.entry(other, company)
    entry = fair.entry(student, company)
    screens = []
    for worker in fair.server.workers():
        with fair.server.alone(worker):
            opened = [fair.listen(student, "/live/dashboard") for _ in range(4)]
            for each in opened:
                each.wait_for("")
            screens += opened
    with pytest.raises((OSError, HTTPException)):
        other.tap("/entries/leave-all", die="now")
    left = time.monotonic()
    wait_until(lambda: sum(each.ended for each in screens) == 4, "its screens are cut off", 2)
    alive = [each for each in screens if not each.ended]
    assert len(alive) == 4, "the other worker died, too"
    for each in alive:
        assert each.showing(f"/entries/{entry}/start", 2) - left < 2
    for each in screens:
        each.close()
    fair.hall()
    assert fair.count("left", student_id=other.student_id) == 1
