"""A browser that refuses cookies is told so, wherever it is given one that it needs."""

import pytest

from jobfair.services.access import pins
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD

ENGLISH = {"Accept-Language": "en"}


def signing_in():
    return "/login", {"email": factories.student("Alice").email, "password": PASSWORD}


def registering():
    names = {"first_name": "Ana", "last_name": "Lima"}
    return "/register", {"email": "ana@example.org", "password": PASSWORD, **names}


def choosing_a_language():
    return "/language", {"language": "en", "next": "/login"}


def giving_a_pin():
    company_id = factories.company()
    pins.set_pin(actors.SYSTEM, company_id, "4711")
    return f"/company/{factories.token(company_id)}/pin", {"pin": "4711"}


GIVEN = [signing_in, registering, choosing_a_language, giving_a_pin]


@pytest.mark.parametrize("giving", GIVEN)
def test_a_browser_that_refuses_cookies_is_told(app, giving):
    client = app.test_client(use_cookies=False)
    path, form = giving()
    answer = client.post(path, data=form, headers=ENGLISH)
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/cookies")
    told = client.get(answer.location, headers=ENGLISH)
    assert "refuses this site" in told.text


@pytest.mark.parametrize("giving", GIVEN)
def test_a_browser_that_keeps_them_goes_on(app, giving):
    client = app.test_client()
    path, form = giving()
    answer = client.post(path, data=form)
    on = client.get(answer.location)
    assert on.status_code == 303
    assert client.get(on.location, follow_redirects=True).status_code == 200
    again = client.post(path, data=form)
    assert "/cookies" not in (again.location or ""), "a browser that has cookies keeps them"


def test_nobody_is_led_to_another_site(client):
    client.set_cookie("any", "one")
    assert client.get("/cookies?next=https://evil.example/").location == "/"


def test_a_form_of_somebody_who_is_no_longer_signed_in_says_that_it_was_not_done(client):
    answer = client.post("/profile", headers=ENGLISH, follow_redirects=True)
    assert "That was not done" in answer.text
