"""The pages for signing in, registering and signing out."""

import re
from pathlib import Path

import pytest

import jobfair
from jobfair.blueprints.account.forms import FOR_STUDENTS
from jobfair.domain.signing_up import SignUp
from jobfair.security.hashing import hash_turns
from jobfair.security.hashing.fair_queue import FairQueue
from jobfair.security.hashing.hash_turns import Turns
from jobfair.services.access import sign_ins
from jobfair.services.fair import sign_up
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.clocks import timeless
from tests.support.factories import PASSWORD

ENGLISH = {"Accept-Language": "en"}
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/ /evil.example",
    "evil.example",
    "javascript:alert(1)",
    "/dashboard\r\nX-Header: 1",
    "/" + "x" * 3000,
    "",
]
NEW = {
    "first_name": "Ana",
    "last_name": "Lima",
    "email": "ana@example.org",
    "password": PASSWORD,
}


@pytest.fixture
def boss(app):
    return factories.admin()


def sign_in(client, person, password=PASSWORD, **more):
    return client.post("/login", data={"email": person.email, "password": password, **more})


def answers_to(client):
    return client.get("/").location


def test_welcome_offers_both_ways_in(client):
    page = client.get("/")
    assert page.status_code == 200
    assert 'href="/login"' in page.text
    assert 'href="/register"' in page.text


def test_each_role_lands_on_its_dashboard(client, alice, boss):
    for person, home in ((alice, "/dashboard"), (boss, "/admin/")):
        answer = sign_in(client, person)
        assert (answer.status_code, answer.location) == (303, home)
        assert answers_to(client) == home


def test_blanks_and_case_of_the_address_do_not_matter(client, alice):
    assert (
        client.post("/login", data={"email": " Alice@EXAMPLE.org ", "password": PASSWORD}).location
        == "/dashboard"
    )


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, alice):
    access, csrf, device = sign_in(client, alice).headers.getlist("Set-Cookie")
    for cookie, name in ((access, "jobfair_access"), (device, "jobfair_device")):
        assert cookie.startswith(f"{name}=")
        assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert csrf.startswith("jobfair_csrf=")
    assert "HttpOnly" not in csrf


def test_nobody_learns_which_of_the_two_was_wrong(client, alice):
    wrong = client.post("/login", data={"email": alice.email, "password": "wrong"})
    unknown = client.post("/login", data={"email": "nobody@example.org", "password": "wrong"})
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    said = timeless(wrong.text).replace(alice.email, "")
    assert said == timeless(unknown.text).replace("nobody@example.org", "")
    assert "Set-Cookie" not in wrong.headers


def test_a_wrong_password_keeps_the_address_typed_and_never_the_password(client, alice):
    page = sign_in(client, alice, "a wrong password", next="/companies")
    assert f'value="{alice.email}"' in page.text
    assert 'name="next" value="/companies"' in page.text
    assert "a wrong password" not in page.text


def test_what_is_missing_is_said_beside_its_field(client):
    page = client.post("/login", data={"email": "ana"}, headers={"Accept-Language": "en"})
    assert page.status_code == 400
    assert 'id="email-error"' in page.text
    assert 'id="password-error"' in page.text
    assert 'value="ana"' in page.text


def test_what_stands_in_the_address_is_not_read_as_what_was_typed(client, alice):
    query = {"email": alice.email, "password": PASSWORD}
    assert client.post("/login", query_string=query).status_code == 400
    form = {"email": "nobody@example.org", "password": PASSWORD}
    assert client.post("/login", query_string=query, data=form).status_code == 401


@pytest.mark.parametrize(
    ("path", "kind"), [("/login", "current-password"), ("/register", "new-password")]
)
def test_a_password_is_hidden_and_filled_in_by_who_keeps_it(client, path, kind):
    (box,) = re.findall(r'<input[^>]* name="password"[^>]*>', client.get(path).text)
    assert 'type="password"' in box
    assert f'autocomplete="{kind}"' in box


def test_no_script_keeps_a_password_from_being_pasted():
    scripts = (Path(jobfair.__file__).parent / "static").glob("*.js")
    assert [each.name for each in scripts if "paste" in each.read_text()] == []


def test_the_way_out_is_on_each_page_or_one_tap_away(app, alice, boss):
    for person, path in ((alice, "/dashboard"), (alice, "/companies"), (boss, "/admin/students")):
        browser = app.test_client()
        person.sign_in(browser)
        page = browser.get(path).text
        if person is alice:
            assert 'href="/profile"' in page
            page = browser.get("/profile").text
        assert 'action="/logout"' in page


def test_a_deactivated_student_is_told_so_only_with_the_right_password(client, alice):
    students.set_active(actors.admin(1), alice.student_id, False)
    english = {"Accept-Language": "en"}
    told = client.post("/login", data={"email": alice.email, "password": PASSWORD}, headers=english)
    assert told.status_code == 401
    assert "deactivated" in told.text
    wrong = client.post("/login", data={"email": alice.email, "password": "x"}, headers=english)
    assert "deactivated" not in wrong.text


def test_back_to_where_they_were(client, alice):
    asked = client.get("/companies?page=2")
    assert (asked.status_code, asked.location) == (303, "/login?next=/companies?page%3D2")
    assert 'name="next" value="/companies?page=2"' in client.get(asked.location).text
    assert sign_in(client, alice, next="/companies?page=2").location == "/companies?page=2"


def test_an_action_leads_back_to_the_page_it_was_on(client):
    sent = client.post("/status/pause", headers={"Referer": "http://localhost/companies?page=2"})
    assert sent.location == "/login?next=/companies?page%3D2"
    from_elsewhere = client.post("/status/pause", headers={"Referer": "http://evil.example/x"})
    assert from_elsewhere.location == "/login"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(client, alice, address):
    assert sign_in(client, alice, next=address).location == "/dashboard"
    assert client.get("/login", query_string={"next": address}).location == "/dashboard"


def test_nobody_is_sent_to_a_page_of_the_other_role(client, alice, boss):
    assert sign_in(client, alice, next="/admin/students").location == "/dashboard"
    assert sign_in(client, boss, next="/companies").location == "/admin/"
    assert sign_in(client, boss, next="/admin/students").location == "/admin/students"


def test_somebody_who_is_signed_in_need_not_sign_in(client, alice):
    sign_in(client, alice)
    assert client.get("/login").location == "/dashboard"
    assert client.get("/register").location == "/dashboard"


def test_signing_in_as_somebody_else_ends_the_first_sign_in(client, alice, boss):
    first = alice.sign_in(client)
    assert sign_in(client, boss).location == "/admin/"
    assert sign_ins.session(first.sign_in_id) is None
    assert answers_to(client) == "/admin/"


def test_registering_signs_in(client):
    answer = client.post("/register", data=NEW)
    assert (answer.status_code, answer.location) == (303, "/dashboard")
    assert answers_to(client) == "/dashboard"


def test_registering_leads_back_to_where_they_were(client):
    assert client.post("/register", data={**NEW, "next": "/companies"}).location == "/companies"


def test_a_taken_address_is_said_beside_it_and_loses_nothing(client, alice):
    page = client.post("/register", data={**NEW, "email": "ALICE@example.org"})
    assert page.status_code == 400
    assert 'id="email-error"' in page.text
    for kept in ("Ana", "Lima", "ALICE@example.org"):
        assert f'value="{kept}"' in page.text
    assert PASSWORD not in page.text
    assert "Set-Cookie" not in page.headers


def test_every_wrong_field_is_said_at_once(client):
    page = client.post("/register", data={"first_name": "A\x00", "password": "short"})
    assert page.status_code == 400
    for field in NEW:
        assert f'id="{field}-error"' in page.text


def test_what_was_typed_is_never_markup(client):
    page = client.post("/register", data={**NEW, "first_name": '"><script>', "email": "x"})
    assert "<script>" not in page.text


def test_signing_out_ends_the_sign_in_and_not_only_the_cookie(app, client, alice):
    opened = alice.sign_in(client)
    cookie = client.get_cookie("jobfair_access").value
    form = client.get("/companies").text
    token = form.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post("/logout", data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get_cookie("jobfair_access") is None
    assert sign_ins.session(opened.sign_in_id) is None
    stolen = app.test_client()
    stolen.set_cookie("jobfair_access", cookie)
    assert stolen.get("/dashboard").location == "/login?next=/dashboard"


def test_signing_out_twice_is_no_error(client):
    assert client.post("/logout").location == "/"


class TestBehindEncryption:
    @pytest.fixture(params=["SESSION_COOKIE_SECURE", "PRODUCTION"])
    def config(self, request):
        return {request.param: True}

    def test_cookies_are_bound_to_this_host(self, client, alice):
        cookies = sign_in(client, alice).headers.getlist("Set-Cookie")
        names = [each.partition("=")[0] for each in cookies]
        assert names == [f"__Host-jobfair_{each}" for each in ("access", "csrf", "device")]
        for cookie in cookies:
            assert "Secure" in cookie.split("; ")
            assert "Domain" not in cookie
        assert client.get("/", base_url="https://localhost").location == "/dashboard"


class TestProductionWithoutEncryption:
    @pytest.fixture
    def config(self):
        return {"PRODUCTION": True, "SESSION_COOKIE_SECURE": False}

    def test_it_has_to_be_said(self, client, alice):
        assert "Secure" not in str(sign_in(client, alice).headers.getlist("Set-Cookie"))


def test_where_too_many_wait_strangers_are_refused_in_words_and_known_devices_are_not(
    app, client, alice, monkeypatch
):
    sign_in(client, alice)
    monkeypatch.setattr(hash_turns, "strangers", Turns(0, FairQueue(0)))
    stranger = app.test_client()
    for path, data in (
        ("/login", {"email": alice.email, "password": PASSWORD}),
        ("/register", NEW),
    ):
        answer = stranger.post(path, data=data, headers={"Accept-Language": "en"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Too many people are signing in" in answer.text
        assert f'value="{data["email"]}"' in answer.text
    credentials = {"email": alice.email, "password": PASSWORD}
    answer = stranger.post("/api/auth/login/", json=credentials)
    assert (answer.status_code, answer.json["code"]) == (503, "busy")
    assert answer.headers["Retry-After"] == "5"
    client.delete_cookie("jobfair_access")
    assert sign_in(client, alice).status_code == 303


@pytest.mark.parametrize("page", sorted(FOR_STUDENTS))
def test_a_students_page_says_why_one_signs_in_offers_an_account_and_leads_back(client, page):
    alice = factories.student()
    asked = client.get(page)
    assert asked.status_code == 303
    form = client.get(asked.location, headers=ENGLISH).text
    about = "the companies and join a queue" if page == "/companies" else "your own day"
    assert f"Sign in to see {about}" in form.replace("this page: it is about ", "")
    way = f'<a class="button button-primary" href="/register?next={page}">'
    assert way in form.replace("%2F", "/")
    given = {"email": alice.email, "password": PASSWORD, "next": page}
    assert client.post("/login", data=given).location == page


def test_where_nobody_may_sign_up_the_form_offers_no_account_as_loudly(app, client):
    sign_up.set_sign_up(actors.SYSTEM, {"sign_up": SignUp.INVITED})
    form = client.get("/login?next=/companies", headers=ENGLISH).text
    assert "Sign in to see the companies" in form
    assert 'button-primary" href="/register' not in form


@pytest.mark.parametrize("page", ["/login", "/login?next=/admin/", "/login?next=/companies/1"])
def test_a_form_that_no_students_page_asked_for_gives_no_reason(client, page):
    assert "Sign in to see" not in client.get(page, headers=ENGLISH).text
