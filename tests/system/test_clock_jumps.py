"""Somebody sets the server's clock while a fair runs: an hour forwards, and an hour back.

Summer time is no such jump: every time is kept in UTC, and only shown in the fair's time zone.
"""

import re
from datetime import datetime

import pytest

from tests.support import factories

HEARTBEAT = 0.5
HOUR = 3600
JUMPS = [HOUR, -HOUR]
NEGATIVE = re.compile(r"[-−]\d+(:\d\d| (s|min|h)\b)")
"""A length of time as the pages and files write it, but less than nothing."""

ACCOUNT = {"password": "correct horse battery", "first_name": "Alice", "last_name": "Test"}


class Jumping:
    """A fair whose clock can be set to run ahead by this many seconds."""

    def __init__(self, serve, set_up, path):
        self._path = path
        self.set(0)
        settings = {"JUMPS": str(path), "JOBFAIR_HEARTBEAT_SECONDS": str(HEARTBEAT)}
        self.fair = serve(set_up, app="tests.system.support.jumping:app", **settings)

    def set(self, ahead):
        part = self._path.with_suffix(".new")
        part.write_text(str(ahead))
        part.replace(self._path)


@pytest.fixture(scope="module")
def jumping(serve, set_up, tmp_path_factory):
    return Jumping(serve, set_up, tmp_path_factory.mktemp("clock") / "ahead")


@pytest.fixture
def fair(jumping):
    return jumping.fair


@pytest.fixture(params=JUMPS, ids=["forwards", "back"])
def jump(request, jumping):
    """Lets the clock jump, once."""
    yield lambda: jumping.set(request.param)
    jumping.set(0)


def start(fair, student, company):
    """An interview that begins when the server says it does."""
    entry = student.call("POST", "/api/queues/", {"company": company}).data["id"]
    assert student.call("POST", f"/api/queues/{entry}/start/").status == 200
    return entry


def complete(stand, entry):
    assert stand.call("POST", f"/api{stand.link}/queues/{entry}/complete/").status == 200


def test_nobody_is_signed_out(fair, jump):
    account = ACCOUNT | {"email": f"alice{fair.company()}@example.org"}
    nobody = fair.nobody()
    assert nobody.call("POST", "/api/auth/register/", account).status == 201
    proof = {name: account[name] for name in ("email", "password")}
    given = nobody.call("POST", "/api/auth/login/", proof).data
    browser = nobody.other()
    browser.headers = {"Cookie": f"jobfair_access={given['access']}"}
    program = nobody.other()
    program.headers = {"Authorization": f"Bearer {given['access']}"}
    assert browser.page("/dashboard").status == 200
    jump()
    assert browser.page("/dashboard").status == 200
    answer = program.call("GET", "/api/auth/me/")
    # An hour forwards, its half hour is over, and a program exchanges its token as ever.
    assert answer.status == 200 or answer.code == "token_expired"
    renewed = nobody.call("POST", "/api/auth/refresh/", {"refresh": given["refresh"]})
    program.headers = {"Authorization": f"Bearer {renewed.data['access']}"}
    assert program.call("GET", "/api/auth/me/").status == 200


def test_streams_go_on(fair, jump):
    company = fair.company()
    (student,) = fair.students(1)
    streams = [fair.listen(student.other(), "/live/dashboard") for _ in range(4)]
    for each in streams:
        each.wait_for("heartbeat")
    jump()
    assert student.page("/dashboard").status == 200
    # The first of the two may have been due before the jump.
    for _ in range(2):
        for each in streams:
            each.wait_for("heartbeat", 2 * HEARTBEAT + 1, len(each.heard))
    heard = [len(each.heard) for each in streams]
    assert student.tap(f"/companies/{company}/join").status == 200
    for each, after in zip(streams, heard, strict=True):
        each.wait_for("can_start", 2, after)
        assert not each.ended
        each.close()


def test_turns_and_the_journal_are_in_order(fair, jump):
    company = fair.company()
    stand = fair.stand(company)
    first, second, third = fair.students(3)
    entry = start(fair, first, company)
    assert second.tap(f"/companies/{company}/join").status == 200
    jump()
    assert third.tap(f"/companies/{company}/join").status == 200
    complete(stand, entry)
    called = stand.call("POST", f"/api{stand.link}/queues/next/").data["next_students"]
    assert [each["student_id"] for each in called] == [second.student_id]
    assert second.call("POST", f"/api/queues/{called[0]['queue_id']}/start/").status == 200
    complete(stand, called[0]["queue_id"])
    rows = stand.call("GET", f"/api/companies/{stand.link.split('/')[-1]}/").data
    done = [each["student"]["id"] for each in rows["completed"]]
    assert done == [second.student_id, first.student_id]
    fair.hall()
    told = [row.number for row in fair.journal() if row.company_id == company]
    assert told == sorted(told)


def test_no_length_is_less_than_nothing(fair, jump):
    company = fair.company()
    stand = fair.stand(company)
    student, other = fair.students(2)
    entry = start(fair, student, company)
    assert other.tap(f"/companies/{company}/join").status == 200
    jump()
    complete(stand, entry)
    with fair.inside():
        admin = fair.signed_in(factories.admin())
    # The sign-in is of the test's clock; exports want the password of the last ten minutes.
    given = {"current_password": factories.PASSWORD}
    assert admin.call("POST", "/api/auth/confirm/", given).status == 204
    for path in (
        "/admin/",
        "/admin/report",
        f"/admin/companies/{company}",
        f"/admin/students/{student.student_id}",
        "/admin/audit",
        "/admin/exports/interviews.csv",
        "/admin/exports/entries.csv",
        "/admin/exports/audit.csv",
    ):
        answer = admin.page(path)
        assert answer.status == 200, path
        assert not NEGATIVE.search(answer.text), path
    for each in (stand.page(""), other.page("/dashboard"), student.page("/dashboard")):
        assert each.status == 200
        assert not NEGATIVE.search(each.text)


def test_pages_tell_the_time_of_the_server(fair, jump):
    """By which their script counts, so that an interview lasts as long on every device."""
    company = fair.company()
    (student,) = fair.students(1)
    jump()
    start(fair, student, company)
    page = student.page("/dashboard").text
    told = re.search(r'name="server-time" content="([^"]+)"', page)[1]
    since = re.search(r'data-since="([^"]+)"', page)[1]
    lasted = datetime.fromisoformat(told) - datetime.fromisoformat(since)
    # The two workers' clocks are not set at the same moment.
    assert -1 < lasted.total_seconds() < 30
