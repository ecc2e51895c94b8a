"""A minute of anything at random, by several clients at once: the journal tells all of it."""

import os
import time
from collections import Counter

import pytest

from tests.support.chance import seeded
from tests.system.support.actors import Busy

SECONDS = float(os.environ.get("JOBFAIR_TEST_RANDOM_SECONDS", "20"))
COMPANIES, STUDENTS = 6, 24


class Anything:
    """Does whatever a student, a stand or an admin could do, sensible or not."""

    def __init__(self, fair, chance):
        self._chance = chance
        self._fair = fair
        self._companies = [fair.company(slots=self._chance.randint(1, 3)) for _ in range(COMPANIES)]
        self._stands = [fair.stand(each) for each in self._companies]
        self.students = fair.students(STUDENTS)
        self.admin = fair.admin()
        self.refused = Counter()

    def by_a_student(self, client, _number):
        pick = self._chance
        entry = self._entry(client)
        answer = pick.choice(
            [
                lambda: self._join(client),
                lambda: self._join(client),
                lambda: client.call("POST", f"/api/queues/{entry}/start/"),
                lambda: client.call("POST", f"/api/queues/{entry}/start/"),
                lambda: client.call("POST", f"/api/queues/{entry}/pass/"),
                lambda: client.call("POST", f"/api/queues/{entry}/present/"),
                lambda: client.call("DELETE", f"/api/queues/{entry}/"),
                lambda: client.call("PATCH", "/api/students/me/status/", {"status": "paused"}),
                lambda: client.call("PATCH", "/api/students/me/status/", {"status": "available"}),
                lambda: client.call("PATCH", "/api/students/me/status/", {"status": "available"}),
                lambda: client.tap("/entries/leave-all"),
            ]
        )()
        return self._noted(answer)

    def by_a_stand(self, _client, _number):
        pick = self._chance
        stand = pick.choice(self._stands).other()
        rows = stand.call("GET", f"/api/companies/{stand.link.split('/')[-1]}/").data
        inside = [row["id"] for row in rows["in_interview"]] or [0]
        waiting = [row["id"] for row in rows["waiting"]] or [0]
        done = f"/api{stand.link}/queues/{pick.choice(inside)}/complete/"
        absent = f"/api{stand.link}/queues/{pick.choice(waiting[:2])}/absent/"
        answer = pick.choice(
            [lambda: stand.call("POST", done)] * 6
            + [lambda: stand.call("POST", absent)] * 2
            + [lambda: stand.tap("/pause"), lambda: stand.tap("/resume")]
            + [lambda: stand.tap("/queue/close"), lambda: stand.tap("/queue/open")]
        )()
        return self._noted(answer)

    def by_an_admin(self, client, _number):
        pick = self._chance
        company = pick.choice(self._companies)
        student = pick.choice(self.students).student_id
        companies = f"/api/companies/admin/companies/{company}/"
        person = f"/api/students/admin/students/{student}/"
        queue = client.call("GET", f"{companies}queue/").data
        order = [row["id"] for row in queue["waiting"]]
        some = pick.choice(order + [row["id"] for row in queue["in_interview"]] or [0])
        pick.shuffle(order)
        forced = {"status": "in_interview", "current_company": company}
        added = {"student_id": student, "position": pick.randint(1, 5)}
        slots = {"max_concurrent_interviews": pick.randint(1, 4)}
        answer = pick.choice(
            [
                lambda: client.call("PATCH", companies, slots),
                lambda: client.call("POST", f"{companies}reorder_queue/", {"queue_ids": order}),
                lambda: client.call("POST", f"{companies}force_add_student/", added),
                lambda: client.call("PATCH", person, forced),
                lambda: client.call("PATCH", person, {"status": "available"}),
                lambda: client.call("PATCH", person, {"status": "paused"}),
                lambda: client.call("DELETE", f"/api/queues/{some}/"),
                lambda: client.call("POST", "/api/students/admin/students/bulk-available/"),
                lambda: client.call("POST", "/api/companies/admin/companies/bulk-resume/"),
            ]
        )()
        return self._noted(answer)

    def _join(self, client):
        company = self._chance.choice(self._companies)
        return client.call("POST", "/api/queues/", {"company": company})

    def _entry(self, client):
        own = [row["id"] for row in client.call("GET", "/api/queues/").data]
        return self._chance.choice(own or [0])

    def _noted(self, answer):
        if answer.status == 400 and answer.text.startswith("{"):
            self.refused[answer.code] += 1
        return answer


@pytest.fixture(scope="module")
def fair(serve, set_up):
    # Its students join more often than anybody may.
    return serve(set_up, JOBFAIR_RATELIMIT_ENABLED="false")


def test_a_random_fair(fair):
    anything = Anything(fair, seeded())
    with (
        Busy(anything.students[:6], anything.by_a_student) as theirs,
        Busy(anything.students[6:8], anything.by_a_stand) as stands,
        Busy([anything.admin], anything.by_an_admin) as admin,
    ):
        time.sleep(SECONDS)  # They do anything for so long.
    for busy in (theirs, stands, admin):
        assert busy.unanswered == 0
        assert set(busy.answers) <= {200, 201, 204, 400, 404}
    # After every row of the journal, every invariant; in the end, the very same fair.
    fair.hall()
    kinds = Counter(row.kind for row in fair.journal())
    assert len(kinds) > 15
    assert kinds["interview_completed"] > 5
