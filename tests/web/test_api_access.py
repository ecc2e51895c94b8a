"""Who may call what: nobody, a student, an admin; by token and by cookie."""

import pytest

from jobfair import csrf
from jobfair.queries.reading import revision
from jobfair.services import actors, sign_ins, students
from tests import factories
from tests.web.programs import Program, refused

STUDENTS_CALLS = [
    ("GET", "/api/students/me/"),
    ("PATCH", "/api/students/me/"),
    ("PATCH", "/api/students/me/status/"),
    ("GET", "/api/queues/"),
    ("POST", "/api/queues/"),
    ("POST", "/api/queues/1/start/"),
    ("POST", "/api/queues/1/coming/"),
    ("POST", "/api/queues/1/pass/"),
    ("POST", "/api/queues/1/present/"),
    ("GET", "/api/queues/opportunities/"),
]
ADMINS_CALLS = [
    ("GET", "/api/admin/dashboard/"),
    ("GET", "/api/companies/admin/companies/"),
    ("POST", "/api/companies/admin/companies/"),
    ("GET", "/api/companies/admin/companies/1/"),
    ("PATCH", "/api/companies/admin/companies/1/"),
    ("DELETE", "/api/companies/admin/companies/1/"),
    ("POST", "/api/companies/admin/companies/1/regenerate_token/"),
    ("POST", "/api/companies/admin/companies/1/pause/"),
    ("POST", "/api/companies/admin/companies/1/resume/"),
    ("GET", "/api/companies/admin/companies/1/queue/"),
    ("POST", "/api/companies/admin/companies/1/reorder_queue/"),
    ("POST", "/api/companies/admin/companies/1/force_add_student/"),
    ("POST", "/api/companies/admin/companies/bulk-resume/"),
    ("POST", "/api/companies/admin/companies/bulk-pause/"),
    ("GET", "/api/students/admin/students/"),
    ("POST", "/api/students/admin/students/"),
    ("GET", "/api/students/admin/students/1/"),
    ("PATCH", "/api/students/admin/students/1/"),
    ("DELETE", "/api/students/admin/students/1/"),
    ("POST", "/api/students/admin/students/bulk-available/"),
]
USERS_CALLS = [
    ("GET", "/api/auth/me/"),
    ("GET", "/api/companies/"),
    ("DELETE", "/api/queues/1/"),
    ("GET", "/api/events/"),
]
EVERY_CALL = STUDENTS_CALLS + ADMINS_CALLS + USERS_CALLS
UNSAFE = [call for call in EVERY_CALL if call[0] != "GET"]


@pytest.fixture
def alice(app):
    return factories.student("Alice")


@pytest.fixture
def unchanged(app, alice):
    """Everything has an entry and a company to be about, and stays as it is."""
    factories.entry(alice, factories.company())
    before = revision()
    yield
    assert revision() == before


def test_nobody_is_asked_to_sign_in(client, unchanged):
    for method, path in EVERY_CALL:
        answer = client.open(path, method=method, json={})
        assert refused(answer) == (401, "not_signed_in"), path
        assert "Location" not in answer.headers


def test_students_are_kept_from_what_is_the_admins(client, alice, unchanged):
    headers = alice.bearer()
    for method, path in ADMINS_CALLS:
        answer = client.open(path, method=method, json={}, headers=headers)
        assert refused(answer) == (403, "forbidden"), path


def test_admins_are_no_students(client, unchanged):
    headers = factories.admin().bearer()
    for method, path in STUDENTS_CALLS:
        answer = client.open(path, method=method, json={}, headers=headers)
        assert refused(answer) == (403, "forbidden"), path


@pytest.mark.parametrize("token", ["", "nonsense", "Bearer", "a.b.c"])
def test_a_foreign_token_is_nobody(client, unchanged, token):
    for method, path in EVERY_CALL:
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


def test_by_cookie_a_change_needs_the_csrf_header(client, alice, unchanged):
    alice.sign_in(client)
    assert client.get("/api/students/me/").status_code == 200
    for method, path in UNSAFE:
        for headers in ({}, {csrf.HEADER: "nonsense"}):
            answer = client.open(path, method=method, json={}, headers=headers)
            assert refused(answer) == (403, "csrf"), path


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
    sign_ins.end(opened.sign_in_id, alice.user_id)
    assert refused(client.get("/api/students/me/")) == (401, "not_signed_in")
