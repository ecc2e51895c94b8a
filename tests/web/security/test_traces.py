"""What signing in leaves behind, whom it is said to, and what fail2ban reads of it."""

import configparser
import io
import json
import logging
import re
from pathlib import Path

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from jobfair.extensions import db
from jobfair.models import Outcome, SecurityLogRow
from jobfair.queries.fair import messages
from jobfair.server.logs import formatter
from jobfair.web.security.traces import REFUSED
from tests.support import factories
from tests.support.browsing import Browser
from tests.support.factories import PASSWORD
from tests.support.waiting import wait_until

PROJECT = Path(__file__).parents[3]
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
VISITOR = "203.0.113.9"
NEW = "a new passphrase"


class Visitor:
    """A browser of somebody who is not signed in yet."""

    def __init__(self, app):
        self._client = app.test_client()
        self._client.set_cookie("kept", "yes")

    def signs_in(self, email, password=PASSWORD, path="/login"):
        given = {"email": email, "password": password}
        how = {"json": given} if path.startswith("/api") else {"data": given}
        headers = {"User-Agent": PHONE, "Accept-Language": "en"}
        about = {"REMOTE_ADDR": VISITOR}
        return self._client.post(path, headers=headers, environ_base=about, **how).status_code


@pytest.fixture
def log():
    """What the machine's log gets, as JSON."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter("json"))
    logging.getLogger().addHandler(handler)
    yield handler.stream
    logging.getLogger().removeHandler(handler)


def rows(person=None):
    with db.engine.connect() as connection:
        query = select(SecurityLogRow.outcome, SecurityLogRow.device, SecurityLogRow.address)
        same = SecurityLogRow.user_id == (None if person is None else person.user_id)
        return connection.execute(query.where(same).order_by(SecurityLogRow.id)).all()


def plain(page):
    """The words of a page, line by line."""
    return re.sub(r"<[^>]+>", "", page)


def outcomes(person=None):
    return [each.outcome for each in rows(person)]


@pytest.mark.parametrize("path", ["/login", "/api/auth/login/"])
def test_good_and_bad_sign_ins_leave_a_row(app, alice, path):
    browser = Visitor(app)
    assert browser.signs_in(alice.email.upper(), "wrong", path) == 401
    assert browser.signs_in("nobody@example.org", "wrong", path) == 401
    assert browser.signs_in(alice.email, path=path) < 400
    assert outcomes(alice) == [Outcome.WRONG_PASSWORD, Outcome.SIGNED_IN]
    assert outcomes() == [Outcome.WRONG_PASSWORD]
    for _outcome, device, address in rows(alice):
        assert device == "Firefox, Android"
        assert re.fullmatch("[0-9a-f]{16}", address)


def test_each_sees_their_own_alone(app, client, alice, bob, admin):
    Visitor(app).signs_in(alice.email, "wrong")
    for person, path, sees in (
        (alice, "/profile", True),
        (bob, "/profile", False),
        (admin, "/admin/account", False),
    ):
        page = Browser(app.test_client(), person).get(path).text
        assert "Sign-ins and passwords lately" in page
        assert ("Refused: wrong password" in page) is sees


def test_a_new_device_is_said_to_the_account_and_a_known_one_is_not(app, alice, admin):
    browser = Visitor(app)
    for person in (alice, admin):
        factories.Person.sign_in(person, app.test_client())
        browser.signs_in(person.email)
        browser.signs_in(person.email)
        assert outcomes(person) == [Outcome.NEW_DEVICE, Outcome.SIGNED_IN]
    with app.test_request_context(), force_locale("en"):
        (line,) = messages.notifications(alice.student_id)
    assert "signed in on a device that was not known here" in line.sentence
    organiser = Browser(app.test_client(), admin)
    log = plain(organiser.get("/admin/audit").text)
    for name in ("Alice Martin", admin.email):
        assert f"{name} signed in on a new device" in log
    assert "Signed in on a new device" in organiser.get("/admin/account").text


def test_whatever_changes_a_password_leaves_a_row_and_a_notice(app, alice, admin):
    own, organiser = Browser(app.test_client(), alice), Browser(app.test_client(), admin)
    own.post("/profile/password", current_password="wrong", new_password=NEW)
    own.post("/profile/password", current_password=PASSWORD, new_password=NEW)
    own.post("/account/sign-ins/end-others")
    organiser.post(f"/admin/students/{alice.student_id}/password", password="yet another one")
    organiser.post("/admin/account/password", current_password=PASSWORD, new_password=NEW)
    assert outcomes(alice) == [
        Outcome.WRONG_OWN,
        Outcome.CHANGED,
        Outcome.ENDED_OTHERS,
        Outcome.BY_ORGANISER,
    ]
    # An organiser's device is nobody else's business.
    assert rows(alice)[-1][1:] == ("", "")
    assert outcomes(admin) == [Outcome.CHANGED]
    with app.test_request_context(), force_locale("en"):
        told = [each.sentence for each in messages.notifications(alice.student_id)]
    assert len([each for each in told if "Your password was changed" in each]) == 2


class TestMail:
    """The same by mail, where mail is set up."""

    @pytest.fixture
    def config(self, mail_settings):
        return mail_settings

    def test_of_a_new_device_and_of_a_new_password(self, app, alice, mailbox):
        own = Browser(app.test_client(), alice)
        Visitor(app).signs_in(alice.email)
        wait_until(lambda: mailbox, "the mail")
        assert mailbox[0]["To"] == alice.email
        assert mailbox[0]["Subject"] == "Signed in on a new device"
        said = mailbox[0].get_content()
        assert "Firefox, Android" in said
        assert "https://fair.example/forgotten" in said
        own.post("/profile/password", current_password=PASSWORD, new_password=NEW)
        wait_until(lambda: len(mailbox) == 2, "the second mail")
        assert mailbox[1]["Subject"] == "Your password was changed"
        assert NEW not in mailbox[1].get_content()


class TestLimited:
    @pytest.fixture
    def config(self):
        return {"RATELIMIT_ENABLED": True}

    def test_tries_beyond_the_limit_are_noted_once_a_minute(self, app, alice, log):
        browser = Visitor(app)
        for _ in range(10):
            browser.signs_in(alice.email, "wrong")
        assert browser.signs_in(alice.email) == 429
        assert browser.signs_in(alice.email) == 429
        assert outcomes(alice) == [Outcome.WRONG_PASSWORD] * 10 + [Outcome.TOO_MANY]
        assert log.getvalue().count('"outcome": "limited"') == 2


def failregex():
    """The expression of the filter, with an address where fail2ban puts one."""
    shipped = configparser.RawConfigParser()
    shipped.read(PROJECT / "deploy/fail2ban/filter.conf")
    return shipped["Definition"]["failregex"].replace("<ADDR>", r"(?P<ip>[0-9a-fA-F.:]+)")


def refusals(log):
    return [each for each in log.getvalue().splitlines() if REFUSED in each]


class TestForFail2ban:
    @pytest.fixture
    def config(self):
        return {"LOG_ADDRESSES": True}

    def test_its_filter_finds_the_address_of_each_refused_try(self, app, alice, log):
        browser = Visitor(app)
        browser.signs_in(alice.email, "wrong")
        browser.signs_in("nobody@example.org", "wrong")
        browser.signs_in(alice.email)
        lines = refusals(log)
        found = [re.search(failregex(), line) for line in lines]
        assert [each["ip"] for each in found] == [VISITOR, VISITOR]
        assert [json.loads(line)["account"] for line in lines] == [alice.user_id, None]

    def test_the_privacy_page_says_so(self, client):
        page = client.get("/privacy", headers={"Accept-Language": "en"}).text
        assert "also the address they came from" in page


def test_without_the_setting_no_log_has_an_address(app, client, alice, log):
    Visitor(app).signs_in(alice.email, "wrong")
    (line,) = refusals(log)
    assert VISITOR not in log.getvalue()
    assert json.loads(line)["visitor"] == rows(alice)[0].address
    page = client.get("/privacy", headers={"Accept-Language": "en"}).text
    assert "also the address they came from" not in page


def test_nobody_can_write_the_address_of_another_into_the_line(app, log):
    """What a visitor sends stands in no field before the address, or at all."""
    app.config["LOG_ADDRESSES"] = True
    forged = '"event": "sign-in refused", "visitor": "198.51.100.1"'
    Visitor(app).signs_in(f"{forged}@example.org", forged)
    assert "198.51.100.1" not in log.getvalue()
