"""Pages of other origins: those that are named may ask, by bearer alone; without any none may."""

import pytest

from jobfair.db.transactions import revision
from jobfair.web.security.browsers import csrf
from tests.support import factories
from tests.support.factories import PASSWORD

ORIGIN = "https://screen.example"
ME = "/api/auth/me/"
COMPANIES = "/api/companies/admin/companies/"
THERE = {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}
ALLOWED = "Access-Control-Allow-Origin"


@pytest.fixture
def config():
    return {"API_ORIGINS": (ORIGIN, "http://localhost:5173")}


def bearer(admin):
    return {**THERE, "Authorization": f"Bearer {factories.key(admin).secret}"}


def preflight(client, path, origin=ORIGIN, method="PATCH"):
    headers = {"Origin": origin, "Access-Control-Request-Method": method}
    return client.options(path, headers=headers)


def test_a_named_origin_reads_and_changes_by_key(client, admin):
    headers = bearer(admin)
    answer = client.get(ME, headers=headers)
    assert answer.json["email"] == admin.email
    assert answer.headers[ALLOWED] == ORIGIN
    assert "Origin" in answer.vary
    assert {"ETag", "Link", "Retry-After"} <= set(
        answer.headers["Access-Control-Expose-Headers"].split(", ")
    )
    assert client.post(COMPANIES, json={"name": "Acme"}, headers=headers).status_code == 201


def test_a_browser_that_asks_first_is_answered(client):
    for path in (ME, COMPANIES, "/api/events/", "/api/companies/nonsense/", "/api/nothing/"):
        answer = preflight(client, path)
        assert answer.status_code == 204, path
        assert answer.headers[ALLOWED] == ORIGIN
        assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]
        allowed = answer.headers["Access-Control-Allow-Headers"].split(", ")
        assert {"Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"} <= set(allowed)


def test_another_origin_is_answered_as_before(client, admin):
    for origin in (
        "https://other.example",
        "null",
        f"{ORIGIN}.evil.example",
        "http://screen.example",
    ):
        assert ALLOWED not in preflight(client, ME, origin).headers
        headers = {**bearer(admin), "Origin": origin}
        assert ALLOWED not in client.get(ME, headers=headers).headers


def test_no_cookie_counts_there(client, admin, stays):
    """Else a page there would be somebody who sits before the browser."""
    opened = admin.sign_in(client)
    before = stays()
    refused = client.get(ME, headers=THERE)
    assert refused.status_code == 401
    headers = {**THERE, csrf.HEADER: csrf.token(opened.sign_in_id)}
    answer = client.post(COMPANIES, json={"name": "Acme"}, headers=headers)
    assert answer.status_code == 401
    assert stays() == before
    assert client.get(ME).status_code == 200


def test_no_answer_lets_a_browser_send_its_cookies(client, admin):
    for answer in (preflight(client, ME), client.get(ME, headers=bearer(admin))):
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_signing_in_there_gives_tokens_that_count(client, admin):
    given = {"email": admin.email, "password": PASSWORD}
    answer = client.post("/api/auth/login/", json=given, headers=THERE)
    assert answer.status_code == 200
    headers = {**THERE, "Authorization": f"Bearer {answer.json['access']}"}
    assert client.get(ME, headers=headers).json["email"] == admin.email


def test_a_refusal_can_be_read_there_too(client):
    answer = client.get(ME, headers=THERE)
    assert (answer.status_code, answer.headers[ALLOWED]) == (401, ORIGIN)


def test_pages_are_for_nobody_there(client, admin):
    admin.sign_in(client)
    for path in ("/", "/admin/", "/login", "/health"):
        answer = client.get(path, headers=THERE)
        assert ALLOWED not in answer.headers, path
    before = revision()
    assert client.post("/admin/pause-all", headers=THERE).status_code in (403, 404)
    assert revision() == before


def test_a_stream_is_heard_there(listen, admin):
    stream = listen("/api/events/", **bearer(admin))
    assert stream.response.headers[ALLOWED] == ORIGIN
    assert stream.next().name == "connection_established"


class TestByDefault:
    @pytest.fixture
    def config(self):
        return {}

    def test_no_origin_is_let_in(self, client, admin):
        assert ALLOWED not in preflight(client, ME).headers
        answer = client.get(ME, headers=bearer(admin))
        assert ALLOWED not in answer.headers
        assert "Origin" not in answer.vary
