"""What holds for every call: how it is refused, its language, its addresses, its times."""

import pytest

from jobfair.blueprints.api.calls import DESCRIBED
from jobfair.web.idempotency import NOT_COVERED
from tests.blueprints.who_may import asking, calls, world
from tests.support import factories
from tests.support.programs import Program, refused, wrong_fields

STATUS = "/api/students/me/status/"
JSON = "application/json"


@pytest.fixture
def as_alice(client):
    return Program(client, factories.student("Alice"))


def test_an_unknown_address_is_404(as_alice, client):
    for path in ("/api/", "/api/nothing/", "/api/queues/1/nothing/", "/api/queues/x/start/"):
        assert refused(as_alice.get(path)) == (404, "not_found")
        assert refused(client.get(path)) == (404, "not_found")


def test_a_wrong_method_is_405(as_alice):
    answer = as_alice.get(STATUS)
    assert refused(answer) == (405, "method_not_allowed")
    assert set(answer.allow) == {"OPTIONS", "PATCH"}
    assert refused(as_alice.delete("/api/companies/")) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"status": paused}', b"{'status': 'paused'}", b"\xff\xfe", b"\x00", b"[" * 9999],
)
def test_broken_json_is_400(as_alice, body):
    answer = as_alice.call("PATCH", STATUS, data=body, content_type=JSON)
    assert refused(answer) == (400, "bad_request")


@pytest.mark.parametrize("body", [[], [{"status": "paused"}], "paused", 5, True])
def test_anything_but_an_object_is_400(as_alice, body):
    assert refused(as_alice.patch(STATUS, body)) == (400, "bad_request")


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_anything_but_json_is_415(as_alice, kind):
    answer = as_alice.call("PATCH", STATUS, data=b'{"status": "paused"}', content_type=kind)
    assert refused(answer) == (415, "unsupported_media_type")


def test_too_much_is_413(as_alice):
    huge = b'{"status": "' + b"x" * 2_000_000 + b'"}'
    answer = as_alice.call("PATCH", STATUS, data=huge, content_type=JSON)
    assert refused(answer) == (413, "too_large")


def test_a_field_that_a_call_does_not_know_is_refused_by_its_name(app, client):
    """By every call, also where it takes no body: else a program believes that it was heard."""
    there, tried = world(), 0
    for call in calls(app):
        if call.rule.startswith("/api/") and call.method not in ("GET", "DELETE"):
            person = asking(there, call.who)
            program = Program(client, person)
            answer = program.call(call.method, there.address(app, call), json={"colour": "red"})
            assert "colour" in wrong_fields(answer), call
            tried += 1
    assert tried > 40


def test_what_is_refused_for_a_field_is_not_done(as_alice):
    answer = as_alice.patch(STATUS, {"status": "paused", "colour": "red"})
    assert wrong_fields(answer) == {"colour"}
    assert as_alice.get("/api/students/me/").json["status"] == "available"


def test_no_field_is_no_unknown_one(client):
    """Clients say that they send JSON where they send nothing."""
    path = f"/api/company/{factories.token(factories.company())}/queues/next/"
    for body in (b"", b"{}"):
        answer = Program(client).call("POST", path, data=body, content_type=JSON)
        assert answer.status_code == 200


def test_the_slash_at_the_end_may_be_left_out(as_alice, client):
    token = factories.token(factories.company())
    assert as_alice.get("/api/students/me").status_code == 200
    assert as_alice.patch("/api/students/me/status", {"status": "paused"}).status_code == 200
    assert client.get(f"/api/companies/{token}").status_code == 200
    assert client.post(f"/api/company/{token}/queues/next").status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (None, "Token invalide"),
        ("de", "Token invalide"),
        ("fr-FR,fr;q=0.9", "Token invalide"),
        ("en-GB,en;q=0.9", "Invalid token"),
    ],
)
def test_messages_follow_accept_language(client, asked, said):
    headers = {} if asked is None else {"Accept-Language": asked}
    assert client.get("/api/companies/nonsense/", headers=headers).json["detail"] == said


def test_what_was_answered_stays_in_no_cache(as_alice, client):
    token = factories.token(factories.company())
    for answer in (as_alice.get("/api/students/me/"), client.get(f"/api/companies/{token}/")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_shown_this_once_is_not_kept_for_a_request_sent_again(app):
    """Else it would stand in the database for a day, to be asked for by the key."""
    shown_once = {
        name
        for name, view in app.view_functions.items()
        if DESCRIBED in vars(view) and "this once" in vars(view)[DESCRIBED].summary
    }
    assert len(shown_once) > 3
    kept = {name for name in shown_once if not {name, name.partition(".")[0]} & set(NOT_COVERED)}
    assert not kept
