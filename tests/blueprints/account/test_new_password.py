"""Signed in with an issued password, one chooses one's own before anything else."""

import pytest

from jobfair.services.access import accounts
from jobfair.unit_of_work import actors
from jobfair.web.security.sign_in.pending_steps import MEANWHILE, STEPS
from tests.blueprints.who_may import Who, as_browser, calls, sending, world
from tests.support import factories
from tests.support.factories import PASSWORD

ISSUED = "staple for a while"
FORM = "/account/password"
LINKS = {Who.LINK, Who.GUEST, Who.HALL}


def issue(person):
    accounts.set_password(actors.SYSTEM, person.user_id, ISSUED)
    return person


@pytest.fixture
def ann(alice):
    return issue(alice)


def sign_in(client, person, password=ISSUED, **more):
    return client.post("/login", data={"email": person.email, "password": password, **more})


def choose(client, new=PASSWORD, current=ISSUED, **more):
    given = {"current_password": current, "new_password": new, **more}
    return client.post(FORM, data=given | csrf_of(client))


def csrf_of(client):
    return {"csrf_token": client.get_cookie("jobfair_csrf").value}


def test_whatever_is_asked_for_comes_afterwards(app, client):
    there = world()
    people = [issue(there.alice), issue(there.admin)]
    wrong, tried = [], 0
    for person in people:
        browser = app.test_client()
        headers = as_browser(browser, person)
        for call in calls(app):
            if call.who in LINKS or call.endpoint in MEANWHILE | STEPS[0].ways:
                continue
            answer = browser.open(there.address(app, call), buffered=True, **sending(call, headers))
            tried += 1
            if call.for_programs:
                comes_first = (answer.status_code, (answer.json or {}).get("code")) == (
                    403,
                    "password_to_change",
                )
            else:
                comes_first = (answer.location or "").partition("?")[0] == FORM
            if not comes_first:
                wrong.append(f"{call.method} {call.rule}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert tried > 250


def test_links_open_somebody_who_is_signed_in(app, client, ann):
    sign_in(client, ann)
    assert client.get(f"/company/{factories.token(factories.company())}").status_code == 200


def test_after_signing_in_one_is_led_there_and_then_on(client, ann):
    assert sign_in(client, ann, next="/companies").location == "/companies"
    led = client.get("/companies").location
    assert led == f"{FORM}?next=/companies"
    page = client.get(led)
    assert page.status_code == 200
    assert 'name="next" value="/companies"' in page.text
    assert choose(client, next="/companies").location == "/companies"
    assert client.get("/companies").status_code == 200


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"current": "a guess at it"}, "current_password"),
        ({"new": ISSUED}, "new_password"),
        ({"new": "password"}, "new_password"),
    ],
)
def test_a_refused_one_is_said_where_it_stands(client, ann, given, field):
    sign_in(client, ann)
    answer = choose(client, **given, next="/companies")
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    assert 'name="next" value="/companies"' in answer.text
    assert client.get("/companies").status_code == 303


def test_one_may_leave_instead(client, ann):
    sign_in(client, ann)
    assert client.post("/logout", data=csrf_of(client)).location == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("config", "way"),
    [
        ({}, "ask the organisers for a new one"),
        ({"SMTP_URL": "smtp://mail.example", "PUBLIC_URL": "https://fair.example"}, "Forgotten"),
    ],
)
def test_a_lapsed_one_says_what_to_do(time, client, ann, way):
    time.pass_(days=3)
    english = {"Accept-Language": "en"}
    lapsed = client.post("/login", data={"email": ann.email, "password": ISSUED}, headers=english)
    assert (lapsed.status_code, way in lapsed.text) == (401, True)
    assert f'value="{ann.email}"' in lapsed.text
    guessed = client.post(
        "/login", data={"email": ann.email, "password": "a guess"}, headers=english
    )
    assert (guessed.status_code, "lapsed" in guessed.text) == (401, False)


def test_programs_are_told_and_change_it_too(client, ann):
    credentials = {"email": ann.email, "password": ISSUED}
    access = client.post("/api/auth/login/", json=credentials).json["access"]
    bearer = {"Authorization": f"Bearer {access}"}
    refused = client.get("/api/auth/me/", headers=bearer)
    assert (refused.status_code, refused.json["code"]) == (403, "password_to_change")
    change = {"current_password": ISSUED, "new_password": PASSWORD}
    for wrong, field in (
        ({"current_password": "a guess at it"}, "current_password"),
        ({"new_password": ann.email}, "new_password"),
    ):
        answer = client.post("/api/auth/password/", json=change | wrong, headers=bearer)
        assert (answer.status_code, list(answer.json["errors"])) == (400, [field])
    assert client.post("/api/auth/password/", json=change, headers=bearer).status_code == 204
    assert client.get("/api/auth/me/", headers=bearer).status_code == 200
