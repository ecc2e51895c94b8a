"""What opens the JSON interface: a good token, a cookie, a link. Who may then: `who_may.py`."""

import pytest

from jobfair.db.transactions import revision
from jobfair.services.access import sign_ins
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web.security.browsers import csrf
from tests.support import factories
from tests.support.programs import Program, refused

CALLS = [
    ("GET", "/api/students/me/"),
    ("DELETE", "/api/queues/1/"),
    ("GET", "/api/events/"),
    ("POST", "/api/companies/admin/companies/bulk-pause/"),
]


@pytest.fixture
def unchanged(app, alice):
    """Everything has an entry and a company to be about, and stays as it is."""
    factories.entry(alice, factories.company())
    before = revision()
    yield
    assert revision() == before


@pytest.mark.parametrize("token", ["", "nonsense", "Bearer", "a.b.c"])
def test_a_foreign_token_is_nobody(client, unchanged, token):
    for method, path in CALLS:
        headers = {"Authorization": f"Bearer {token}"}
        answer = client.open(path, method=method, json={}, headers=headers)
        assert refused(answer) == (401, "not_signed_in"), path


def test_an_expired_token_says_so(client, alice, time):
    headers = alice.bearer()
    time.pass_(minutes=31)
    answer = client.get("/api/students/me/", headers=headers)
    assert refused(answer) == (401, "token_expired")


def test_a_deactivated_student_is_signed_out(client, alice):
    as_alice = Program(client, alice)
    students.set_active(actors.SYSTEM, alice.student_id, False)
    assert refused(as_alice.get("/api/students/me/")) == (401, "not_signed_in")


def test_by_cookie_with_the_header_a_change_is_made(client, alice):
    opened = alice.sign_in(client)
    headers = {csrf.HEADER: csrf.token(opened.sign_in_id)}
    body = {"status": "paused"}
    answer = client.patch("/api/students/me/status/", json=body, headers=headers)
    assert answer.status_code == 200


def test_a_companys_link_needs_neither_session_nor_header(client, alice):
    company_id = factories.company()
    entry_id = factories.interview(alice, company_id)
    alice.sign_in(client)
    address = f"/api/company/{factories.token(company_id)}/queues"
    assert client.post(f"{address}/{entry_id}/complete/").status_code == 200


def test_a_session_that_was_ended_is_nobody(client, alice):
    opened = alice.sign_in(client)
    sign_ins.end(alice.actor, alice.user_id, opened.sign_in_id)
    assert refused(client.get("/api/students/me/")) == (401, "not_signed_in")
