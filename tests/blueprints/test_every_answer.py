"""What holds for every address: no form from elsewhere, and what browsers are told not to do."""

import re
import sqlite3
from contextlib import closing

import pytest

from jobfair.services.access import pins
from jobfair.unit_of_work import actors
from jobfair.web.rendering import qr_codes
from jobfair.web.security.browsers import csrf
from tests.blueprints.test_who_may import LINKS
from tests.blueprints.who_may import OF_TEAM, Who, as_browser, calls, sending, world
from tests.support import factories
from tests.support.factories import PASSWORD

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|<[^>]+\s(?:style|on[a-z]+|hx-on[\w:-]*)=", re.I
)
ELSEWHERE = re.compile(r"<(?:script|link|img|iframe)[^>]*\b(?:src|href)=\"(?:https?:)?//", re.I)
FOR_EVERYBODY = {
    "static",
    "icon",
    "colours.stylesheet",
    "web_app.manifest",
    "web_app.service_worker",
}
"""What is the same for everybody, and may be kept."""

HTTPS = "https://localhost"

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SWITCHED_OFF = ("camera=()", "geolocation=()", "microphone=()", "payment=()", "usb=()")


SCANS = ("admin.desk.index", "camera=()")
"""The desk's search reads badges by the camera, and no other page does."""


def complaints(call, answer):
    """What a browser is not told and ought to be."""
    headers = answer.headers
    yield from (name for name, value in ALWAYS.items() if headers.get(name) != value)
    yield from (name for name, _value in headers if name.startswith("Access-Control-"))
    if "max-age" not in headers.get("Strict-Transport-Security", ""):
        yield "Strict-Transport-Security"
    if call.endpoint != "static" or answer.status_code != 200:
        yield from complaints_of_a_page(call, answer)


def complaints_of_a_page(call, answer):
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy:
        yield "no policy"
    if "unsafe" in policy:
        yield "a policy with a hole"
    if ":" in policy.replace("img-src 'self' data:", ""):
        yield "a policy that lets something of another site in"
    if headers.get("Cross-Origin-Opener-Policy") != "same-origin":
        yield "Cross-Origin-Opener-Policy"
    off = [each for each in SWITCHED_OFF if (call.endpoint, each) != SCANS]
    if not all(each in headers.get("Permissions-Policy", "") for each in off):
        yield "Permissions-Policy"
    # No other site learns an address. `no-referrer` would take the origin from our own forms.
    if headers.get("Referrer-Policy") != "same-origin":
        yield f"Referrer-Policy {headers.get('Referrer-Policy')}"
    if call.endpoint not in FOR_EVERYBODY and headers.get("Cache-Control") != "no-store":
        yield f"Cache-Control {headers.get('Cache-Control')}"
    if not call.streams and answer.mimetype == "text/html":
        yield from (
            found[0][:60] for each in (INLINE, ELSEWHERE) if (found := each.search(answer.text))
        )
    if answer.location and not answer.location.startswith("/"):
        yield f"leads to {answer.location}"


def test_every_answer_is_protected_to_those_who_may_and_to_those_who_may_not(app):
    there, wrong = world(), []
    may = {Who.STUDENT: there.alice, Who.USER: there.alice, **dict.fromkeys(OF_TEAM, there.admin)}
    for call in calls(app):
        for person in {None, may.get(call.who)}:
            if call.streams and (person or call.who in (*LINKS, Who.ANYONE)):
                continue
            if call.method != "GET" and call.endpoint.endswith(("delete", "delete_student")):
                continue
            client = app.test_client()
            request = sending(call, as_browser(client, person))
            path = there.address(app, call)
            answer = client.open(path, base_url="https://localhost", buffered=True, **request)
            wrong += [
                f"{call.method} {path} {answer.status}: {each}" for each in complaints(call, answer)
            ]
    assert not wrong, "\n".join(wrong[:60])


def test_a_broken_page_is_protected_too(app, client, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "auth.home", lambda: 1 // 0)
    (home,) = (call for call in calls(app) if call.endpoint == "auth.home")
    answer = client.get("/", base_url="https://localhost")
    assert answer.status_code == 500
    assert list(complaints(home, answer)) == []


@pytest.mark.parametrize("config", [{"SESSION_COOKIE_SECURE": True}], ids=["https"])
def test_every_cookie_is_bound_to_the_host(app):
    """Another page of the same domain, or one in clear, can set none of them."""
    there = world()
    names = set()
    pins.set_pin(actors.SYSTEM, there.own["company_id"], "90210735")
    forms = {
        "/language": {"language": "en"},
        "/login": {"email": there.alice.email, "password": PASSWORD},
        f"/company/{factories.token(there.own['company_id'])}/pin": {"pin": "90210735"},
        "/logout": {},
    }
    client = app.test_client()
    answers = [client.post(path, data=forms[path], base_url=HTTPS) for path in forms]
    signed_in = as_browser(client := app.test_client(), there.admin)
    for call in calls(app):
        if not call.streams and not call.endpoint.endswith(("delete", "delete_student")):
            path = there.address(app, call)
            request = sending(call, signed_in)
            answers.append(client.open(path, base_url=HTTPS, buffered=True, **request))
    for answer in answers:
        for cookie in answer.headers.getlist("Set-Cookie"):
            names.add(cookie.partition("=")[0])
            assert cookie.startswith("__Host-"), cookie
            assert "Secure" in cookie
            assert "Path=/" in cookie
            assert "Domain" not in cookie
    assert len(names) >= 5, names


@pytest.mark.parametrize("config", [{"PUBLIC_URL": "https://fair.example"}], ids=["set"])
def test_no_link_follows_the_host_that_a_visitor_names(app, monkeypatch):
    """Neither in a QR code nor on a card, nor in a file, JSON or an open page."""
    there = world()
    wrong, codes = [], []
    monkeypatch.setattr(qr_codes, "svg", lambda text: codes.append(text) or "")
    may = {Who.STUDENT: there.alice, Who.USER: there.alice, **dict.fromkeys(OF_TEAM, there.admin)}
    for call in calls(app):
        if call.streams or call.endpoint.endswith(("delete", "delete_student")):
            continue
        person = may.get(call.who)
        request = sending(call, {} if person is None else person.bearer())
        path = there.address(app, call)
        request |= {"base_url": "https://evil.example", "buffered": True}
        answer = app.test_client().open(path, **request)
        if b"evil.example" in answer.data or "evil.example" in str(answer.headers):
            wrong.append(f"{call.method} {path}")
    assert not wrong, wrong
    assert len(codes) > 3
    assert all(each.startswith("https://fair.example/") for each in codes), codes


OPEN_WITHOUT = {
    *("auth.sign_in", "auth.register", "auth.language", "reset.ask", "sign_in_code.give"),
    *("school.start", "school.complete"),
    *("api_auth.sign_in", "api_auth.register", "api_auth.refresh", "api_auth.sign_out"),
}
"""What a password or a token in the body proves, or what does no harm."""


def by_cookie(call):
    """Whether a call changes something for the person whom the browser's cookie names."""
    proved = call.who in LINKS or call.endpoint in OPEN_WITHOUT
    return call.method != "GET" and not proved


@pytest.mark.parametrize(
    "headers", [{}, {csrf.HEADER: "0" * 64}, {"Origin": "https://evil.example"}]
)
def test_no_change_by_cookie_without_its_token(app, headers):
    there = world()
    path_of_db = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    people = {}
    for person in (there.alice, there.admin):
        people[person] = app.test_client()
        right = as_browser(people[person], person)
        if "Origin" in headers:
            people[person].environ_base["HTTP_X_CSRF_TOKEN"] = right[csrf.HEADER]
    with closing(sqlite3.connect(path_of_db)) as connection:
        before = connection.execute("PRAGMA data_version").fetchone()
        tried = [call for call in calls(app) if by_cookie(call)]
        for call in tried:
            for client in people.values():
                path = there.address(app, call)
                assert client.open(path, **sending(call, headers)).status_code == 403, path
        assert connection.execute("PRAGMA data_version").fetchone() == before
    assert len(tried) > 60
