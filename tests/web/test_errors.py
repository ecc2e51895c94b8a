"""Every failure is answered in words."""

import pytest
from argon2.exceptions import HashingError
from sqlalchemy.exc import OperationalError

from jobfair.exceptions import NotFound
from jobfair.queries.student import places
from jobfair.security.hashing import passwords
from jobfair.services.access import sign_ins
from jobfair.web.security.sign_in import tokens
from tests.support import factories

FRAGMENTS = {"Accept": "text/vnd.jobfair.fragments+html"}


@pytest.fixture
def alice(app, client):
    person = factories.student("Alice")
    person.sign_in(client)
    return person


@pytest.fixture
def failing(app, monkeypatch):
    """Makes the student's dashboard fail with an exception; its own words reach nobody."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail_with(error):
        def fail(_student_id):
            raise error

        monkeypatch.setattr(places, "dashboard", fail)

    return fail_with


def test_an_unknown_address_is_a_page(client):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "<h1>" in page.text


def test_an_unknown_address_is_json_to_a_program(client):
    answer = client.get("/api/nowhere")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize("number", ["0", 2**31, 2**63 - 1, 2**63, 10**30, "9" * 5000, "-1"])
def test_an_id_of_any_size_is_only_unknown(client, alice, number):
    headers = alice.bearer()
    assert client.post(f"/entries/{number}/start", headers=headers).status_code == 404
    assert client.post(f"/companies/{number}/join", headers=headers).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("number", [2**31 - 1, 2**31, 10**30])
def test_an_id_of_any_size_is_as_unknown_where_the_address_has_several_methods(
    client, method, number
):
    path = f"/api/companies/admin/companies/{number}/"
    answer = client.open(path, method=method, json={}, headers=factories.admin().bearer())
    assert answer.status_code == 404


def test_a_wrong_method_says_which_is_right(client):
    answer = client.delete("/login")
    assert answer.status_code == 405
    assert set(answer.allow) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert client.delete("/api/auth/me/").json["code"] == "method_not_allowed"


def test_too_much_is_refused(client):
    page = client.post("/login", data={"email": "x" * 1_100_000})
    assert page.status_code == 413
    assert "<h1>" in page.text


def test_what_nobody_foresaw_is_an_apology(client, alice, failing):
    failing(RuntimeError("secret"))
    page = client.get("/dashboard")
    assert page.status_code == 500
    assert "<h1>" in page.text
    assert "secret" not in page.text


def test_what_is_not_there_is_not_found(client, alice, failing):
    failing(NotFound("student"))
    assert client.get("/dashboard").status_code == 404


def test_a_database_that_is_away_is_said(client, alice, failing):
    failing(OperationalError("SELECT secret", {}, Exception("gone")))
    page = client.get("/dashboard")
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert "secret" not in page.text


def test_it_is_said_even_when_nobody_can_be_recognised(client, alice, monkeypatch):
    def away(_sign_in_id):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(sign_ins, "session", away)
    assert client.get("/dashboard").status_code == 503
    assert client.post("/status/pause").status_code == 503
    assert client.get("/api/auth/me/").json["code"] == "unavailable"
    toast = client.post("/status/pause", headers=FRAGMENTS)
    assert toast.status_code == 503
    assert '<hx-partial hx-target="#toasts"' in toast.text


@pytest.mark.parametrize("path", ["/login", "/register", "/api/auth/login/"])
def test_without_memory_for_a_hash_it_is_said_that_it_is_away(app, client, monkeypatch, path):
    def out_of_memory(*_given):
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(passwords, "_in_a_thread", out_of_memory)
    who = {"email": "a@x.org", "password": "kj7#q-wv"}
    named = who | {"first_name": "Ana", "last_name": "Lu"}
    sent = {"json": who} if path.startswith("/api/") else {"data": named}
    answer = client.post(path, **sent)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_an_open_page_whose_sign_in_is_over_is_told_by_status_alone(app, client):
    answer = client.post("/status/pause", headers=FRAGMENTS)
    assert (answer.status_code, answer.text) == (401, "")


def test_a_stream_is_never_sent_elsewhere(client):
    answer = client.get("/live/dashboard")
    assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")


def test_a_program_with_a_wrong_role_is_told_in_json(app, client):
    access = tokens.access(1, 1)
    answer = client.get("/live/dashboard", headers={"Authorization": f"Bearer {access}"})
    assert answer.status_code == 401
    answer = client.get("/live/dashboard", headers=factories.admin().bearer())
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
