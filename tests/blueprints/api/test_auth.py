"""Signing in through JSON."""

from base64 import urlsafe_b64encode

import pytest
from sqlalchemy import func, select

from jobfair.extensions import db
from jobfair.models import User
from jobfair.services.access import sign_ins
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web.security.sign_in.authentication import still_signed_in
from tests.support import factories
from tests.support.factories import PASSWORD

NEW = {
    "email": "Ana@example.org",
    "password": PASSWORD,
    "first_name": "Ana",
    "last_name": "Lima",
}
ENGLISH = {"Accept-Language": "en"}


def sign_in(client, person, password=PASSWORD):
    return client.post("/api/auth/login/", json={"email": person.email, "password": password})


def renew(client, refresh):
    return client.post("/api/auth/refresh/", json={"refresh": refresh})


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_register(client):
    answer = client.post("/api/auth/register/", json=NEW)
    assert answer.status_code == 201
    assert answer.json == {
        "id": 1,
        "email": "ana@example.org",
        "role": "student",
        "student": {"id": 1, "first_name": "Ana", "last_name": "Lima", "status": "available"},
        "address_confirmed": False,
    }


def test_registering_never_makes_an_admin(client):
    answer = client.post("/api/auth/register/", json={**NEW, "role": "admin"})
    assert (answer.status_code, list(answer.json["errors"])) == (400, ["role"])
    assert client.post("/api/auth/register/", json=NEW).json["role"] == "student"


def test_a_taken_address_is_said_of_its_field(client, alice):
    answer = client.post("/api/auth/register/", json={**NEW, "email": alice.email})
    assert answer.status_code == 400
    assert answer.json["code"] == "invalid"
    assert list(answer.json["errors"]) == ["email"]


def test_wrong_fields_are_all_said(client):
    answer = client.post("/api/auth/register/", json={"email": 3, "password": "short"})
    assert answer.status_code == 400
    assert set(answer.json["errors"]) == set(NEW)
    assert db.session.scalar(select(func.count()).select_from(User)) == 0


def test_sign_in_and_use_the_token(client, alice):
    answer = sign_in(client, alice)
    assert answer.status_code == 200
    assert set(answer.json) == {"access", "refresh"}
    assert "Set-Cookie" not in answer.headers
    me = client.get("/api/auth/me/", headers=bearer(answer.json["access"]))
    user = {"id": alice.user_id, "email": alice.email, "role": "student"}
    student = {
        "id": alice.student_id,
        "first_name": "Alice",
        "last_name": "Martin",
        "status": "available",
    }
    assert me.json == {**user, "user": user, "student": student}


def test_an_admin_has_no_student(client, app):
    me = client.get("/api/auth/me/", headers=factories.admin().bearer())
    assert (me.json["role"], me.json["student"]) == ("admin", None)


def test_a_cookie_signs_in_just_as_well(client, alice):
    alice.sign_in(client)
    assert client.get("/api/auth/me").json["email"] == alice.email


def test_wrong_and_unknown_get_the_same_answer(client, alice):
    wrong = sign_in(client, alice, "wrong")
    unknown = client.post(
        "/api/auth/login/", json={"email": "nobody@example.org", "password": "wrong"}
    )
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.json == unknown.json
    assert wrong.json["code"] == "wrong_credentials"


def test_a_deactivated_student_does_not_sign_in(client, alice):
    students.set_active(actors.admin(1), alice.student_id, False)
    answer = sign_in(client, alice)
    assert (answer.status_code, answer.json["code"]) == (401, "account_inactive")


def test_nobody_is_not_signed_in(client):
    answer = client.get("/api/auth/me/", headers=ENGLISH)
    assert answer.status_code == 401
    assert answer.json == {"detail": "Please sign in first.", "code": "not_signed_in"}


def test_an_expired_token_is_said_to_be_expired(time, client, alice):
    headers = bearer(sign_in(client, alice).json["access"])
    time.pass_(minutes=31)
    answer = client.get("/api/auth/me/", headers=headers)
    assert (answer.status_code, answer.json["code"]) == (401, "token_expired")
    assert "Set-Cookie" not in answer.headers


def test_refreshing_gives_two_new_tokens(time, client, alice):
    first = sign_in(client, alice).json
    time.pass_(hours=20)
    second = renew(client, first["refresh"])
    assert second.status_code == 200
    assert client.get("/api/auth/me/", headers=bearer(second.json["access"])).status_code == 200
    time.pass_(hours=20)
    assert renew(client, second.json["refresh"]).status_code == 200


def test_a_refresh_token_sent_three_times_at_once_gets_one_pair(time, client, alice):
    first = sign_in(client, alice).json
    time.pass_(minutes=31)
    answers = [renew(client, first["refresh"]).json for _ in range(3)]
    assert answers[0] == answers[1] == answers[2] != first
    me = client.get("/api/auth/me/", headers=bearer(answers[2]["access"]))
    assert me.status_code == 200
    assert renew(client, answers[1]["refresh"]).status_code == 200


def test_a_replayed_token_ends_the_sign_in_everywhere(time, client, alice):
    first = sign_in(client, alice).json
    second = renew(client, first["refresh"]).json
    time.pass_(seconds=31)
    assert renew(client, first["refresh"]).status_code == 401
    assert renew(client, second["refresh"]).status_code == 401
    assert client.get("/api/auth/me/", headers=bearer(second["access"])).status_code == 401


def test_a_replay_leaves_the_other_sign_ins_alone(time, client, alice):
    other = sign_in(client, alice).json
    first = sign_in(client, alice).json
    renew(client, first["refresh"])
    time.pass_(seconds=31)
    assert renew(client, first["refresh"]).status_code == 401
    assert client.get("/api/auth/me/", headers=bearer(other["access"])).status_code == 200


def test_an_expired_refresh_token_renews_nothing(time, client, alice):
    refresh = sign_in(client, alice).json["refresh"]
    time.pass_(hours=25)
    assert renew(client, refresh).status_code == 401


def test_an_expired_refresh_token_renews_nothing_where_its_sign_in_goes_on(time, client, alice):
    refresh = sign_in(client, alice).json["refresh"]
    time.pass_(hours=23, minutes=59, seconds=50)
    assert renew(client, refresh).status_code == 200
    time.pass_(seconds=15)
    assert renew(client, refresh).status_code == 401


def test_only_a_refresh_token_refreshes(client, alice):
    access = sign_in(client, alice).json["access"]
    for token in (access, "rubbish", "a.b.c", "é\ud800"[:1]):
        assert renew(client, token).status_code == 401


def test_a_refresh_token_opens_no_call(client, alice):
    refresh = sign_in(client, alice).json["refresh"]
    assert client.get("/api/auth/me/", headers=bearer(refresh)).status_code == 401


def test_a_token_that_says_it_needs_no_signature_is_nobodys(client, alice):
    head, claims, signature = sign_in(client, alice).json["access"].split(".")
    unsigned = urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    for token in (f"{unsigned}.{claims}.", f"{unsigned}.{claims}.{signature}", f"{head}.{claims}."):
        assert client.get("/api/auth/me/", headers=bearer(token)).status_code == 401


def test_signing_out_ends_the_sign_in(client, alice):
    tokens = sign_in(client, alice).json
    answer = client.post("/api/auth/logout/", json={"refresh": tokens["refresh"]})
    assert (answer.status_code, answer.data) == (204, b"")
    assert client.get("/api/auth/me/", headers=bearer(tokens["access"])).status_code == 401
    assert renew(client, tokens["refresh"]).status_code == 401


def test_signing_out_twice_is_no_error(client, alice):
    refresh = {"refresh": sign_in(client, alice).json["refresh"]}
    client.post("/api/auth/logout/", json=refresh)
    assert client.post("/api/auth/logout/", json=refresh).status_code == 204
    assert client.post("/api/auth/logout/", json={"refresh": "rubbish"}).status_code == 401
    assert client.post("/api/auth/logout/", json={}).status_code == 400


def test_a_browser_that_is_signed_in_may_still_use_tokens(client, alice):
    alice.sign_in(client)
    tokens = sign_in(client, alice)
    assert tokens.status_code == 200
    assert renew(client, tokens.json["refresh"]).status_code == 200


@pytest.mark.parametrize("path", ["register", "login", "refresh", "logout"])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"x"', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"9" * 10_000, "application/json", 400),
        (b'{"email": NaN}', "application/json", 400),
        (b'{"email": "\\ud800@x.fr", "refresh": "\\ud800"}', "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"email=a", "application/x-www-form-urlencoded", 415),
        (b"", None, 415),
        (b" " * (1024 * 1024 + 1), "application/json", 413),
    ],
)
def test_rubbish_is_answered_in_words(client, path, body, kind, status):
    answer = client.post(f"/api/auth/{path}/", data=body, content_type=kind)
    assert answer.status_code == status
    assert answer.json["detail"]
    assert answer.json["code"]


def test_signing_in_does_not_need_the_last_slash(client, alice):
    assert (
        client.post(
            "/api/auth/login", json={"email": alice.email, "password": PASSWORD}
        ).status_code
        == 200
    )


def test_a_stream_learns_that_its_sign_in_is_over(client, alice):
    opened = alice.sign_in(client)
    assert still_signed_in(opened.sign_in_id)
    sign_ins.end(alice.actor, alice.user_id, opened.sign_in_id)
    assert not still_signed_in(opened.sign_in_id)
