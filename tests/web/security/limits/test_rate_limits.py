"""How often somebody may try to sign in."""

from base64 import urlsafe_b64decode

import pytest

from jobfair.web.security.browsers import csrf
from tests.support import factories
from tests.support.factories import PASSWORD


@pytest.fixture
def config():
    return {"RATELIMIT_ENABLED": True}


def attempt(client, email, password=None):
    form = {"email": email, "password": password or "wrong"}
    return client.post("/login", data=form).status_code


def test_after_ten_wrong_passwords_there_is_a_pause(client, alice):
    assert [attempt(client, alice.email) for _ in range(10)] == [401] * 10
    assert attempt(client, alice.email, PASSWORD) == 429
    assert attempt(client, " ALICE@example.org") == 429


def test_two_spellings_of_an_address_share_its_tries(client):
    factories.student(email="ana@münchen.de")
    for _ in range(5):
        attempt(client, "ana@münchen.de")
        attempt(client, "ana@xn--mnchen-3ya.de")
    assert attempt(client, "ana@münchen.de", PASSWORD) == 429


def test_the_pause_is_the_same_through_json_and_says_so(client, alice):
    for _ in range(10):
        attempt(client, alice.email)
    answer = client.post("/api/auth/login/", json={"email": alice.email, "password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (429, "too_many")
    assert answer.headers["Retry-After"]


def test_the_page_keeps_what_was_typed(client, alice):
    for _ in range(10):
        attempt(client, alice.email)
    page = client.post("/login", data={"email": alice.email, "password": "x"})
    assert page.status_code == 429
    assert f'value="{alice.email}"' in page.text
    assert 'role="alert"' in page.text


def test_others_at_the_same_address_are_not_held_up(client, alice):
    factories.student("Bob", email="bob@example.org")
    for _ in range(11):
        attempt(client, alice.email)
    assert attempt(client, "bob@example.org", PASSWORD) == 303


def test_signing_in_rightly_is_never_too_often(client, alice):
    assert {attempt(client, alice.email, PASSWORD) for _ in range(15)} == {303}


@pytest.fixture
def guesser(app):
    """Another browser, at the same IP address."""
    return app.test_client()


def test_the_owners_device_gets_in_beside_somebody_who_guesses(client, guesser, alice):
    assert attempt(client, alice.email, PASSWORD) == 303
    for _ in range(29):
        attempt(guesser, alice.email)
        assert attempt(client, alice.email, PASSWORD) == 303
    assert attempt(guesser, alice.email, PASSWORD) == 429


def test_a_known_device_has_no_more_tries_than_others(client, alice):
    attempt(client, alice.email, PASSWORD)
    assert [attempt(client, alice.email) for _ in range(11)] == [401] * 10 + [429]


def test_a_device_is_known_to_the_accounts_that_signed_in_there_alone(client, guesser, alice):
    bob = factories.student("Bob", email="bob@example.org")
    attempt(client, bob.email, PASSWORD)
    for _ in range(10):
        attempt(guesser, alice.email)
    assert attempt(client, alice.email, PASSWORD) == 429


def test_a_devices_proof_is_made_by_nobody_else(client, guesser, alice):
    attempt(client, alice.email, PASSWORD)
    proof = client.get_cookie("jobfair_device").value
    for each in (proof[:-5], "x" + proof, "", "W10.x.y"):
        guesser.set_cookie("jobfair_device", each)
        attempt(guesser, alice.email)
    for _ in range(6):
        attempt(guesser, alice.email)
    assert attempt(guesser, alice.email, PASSWORD) == 429


def test_the_devices_proof_names_nobody(client, alice):
    attempt(client, alice.email, PASSWORD)
    payload = client.get_cookie("jobfair_device").value.partition(".")[0]
    assert b"example" not in urlsafe_b64decode(payload + "==")


def test_devices_that_are_not_known_have_a_hundred_tries_a_day_wherever_they_are(
    app, guesser, alice, time
):
    wrong = 0
    for number in range(15):
        for _ in range(10):
            answer = guesser.post(
                "/login",
                data={"email": alice.email, "password": "wrong"},
                environ_base={"REMOTE_ADDR": f"203.0.113.{number}"},
            )
            wrong += answer.status_code == 401
    assert wrong == 100


def own_password_ways(client, alice):
    """Each way in which the user's own password is checked, with a wrong one: its refusal."""
    token = csrf.token(alice.sign_in(client).sign_in_id)
    change = {"current_password": "wrong", "new_password": "a new one, and long"}
    form, bearer = {"headers": {"X-CSRF-Token": token}}, {"headers": alice.bearer()}
    return {
        "change": lambda: client.post("/profile/password", data=change, **form),
        "delete": lambda: client.post("/profile/delete", data={"password": "wrong"}, **form),
        "json": lambda: client.delete("/api/students/me/", json={"password": "wrong"}, **bearer),
        "sign in": lambda: client.post(
            "/login", data={"email": alice.email, "password": "wrong"}, **form
        ),
    }


@pytest.mark.parametrize("tried", ["change", "delete", "json", "sign in"])
@pytest.mark.parametrize("then", ["change", "delete", "json", "sign in"])
def test_all_checks_of_a_password_count_together(client, alice, tried, then):
    ways = own_password_ways(client, alice)
    for _ in range(10):
        assert ways[tried]().status_code in (400, 401, 409)
    assert ways[then]().status_code == 429


@pytest.mark.parametrize("body", ["[]", "null", "3", '{"email": {"a": 1}}', "{", "[" * 100_000])
def test_rubbish_is_counted_too(client, body):
    answer = client.post("/api/auth/login/", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_what_is_too_large_is_still_too_large(client):
    assert attempt(client, "x" * 1_100_000) == 413


@pytest.mark.parametrize("way_in", ["/api/auth/login/", "/api/auth/register/"])
def test_a_hall_behind_one_address_gets_in(client, way_in):
    """Six hundred within the minute; what is refused at once counts like what is not."""
    tries = (client.post(way_in, json={}).status_code for _ in range(600))
    assert set(tries) == {400}


def test_guessing_at_links_ends_in_a_pause_and_holds_up_nobody_with_a_right_one(client, techcorp):
    guesses = [client.get(f"/api/companies/guess-{each}/").status_code for each in range(600)]
    assert set(guesses) == {404}
    refused = client.get("/company/another-guess")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 60
    assert client.get("/welcome/guess").status_code == 429
    assert client.get("/live/company/guess").json["code"] == "too_many"
    assert client.get(f"/company/{factories.token(techcorp)}").status_code == 200


@pytest.fixture
def joining(client, alice, techcorp):
    """Alice's browser tries to join; the place is taken after the first time."""
    token = csrf.token(alice.sign_in(client).sign_in_id)
    return lambda: client.post(f"/companies/{techcorp}/join", headers={"X-CSRF-Token": token})


def test_a_student_joins_no_more_often_than_once_a_second(client, joining, techcorp):
    assert [joining().status_code for _ in range(60)] == [303] * 60
    refused = joining()
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    bob = factories.student("Bob").bearer()
    answer = client.post("/api/queues/", json={"company": techcorp}, headers=bob)
    assert answer.status_code == 201
