"""One's own second factor on the pages: set up, codes on paper, off; and where all need one."""

import re

import pyotp
import pytest

from jobfair import clock
from jobfair.models import Outcome
from jobfair.queries.access import second_factors as factors
from jobfair.queries.access import security_log
from jobfair.services.access import sign_ins
from jobfair.web.security.sign_in.pending_steps import MEANWHILE, STEPS
from tests.blueprints.who_may import Who, as_browser, calls, sending, world
from tests.support import codes, factories
from tests.support.factories import PASSWORD
from tests.support.waiting import wait_until

FORM = "/admin/account/second-factor"
REQUIRED = pytest.mark.parametrize("config", [{"SECOND_FACTOR": "required"}])
LINKS = {Who.LINK, Who.GUEST, Who.HALL}


@pytest.fixture
def boss(app):
    return factories.admin()


@pytest.fixture
def browser(client, boss):
    return client, as_browser(client, boss)


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]


def shown_key(page):
    return re.search(r'<code class="factor-key"[^>]*>([^<]*)', page.text)[1].replace(" ", "")


def set_up(browser, **more):
    """Go through the page as somebody does; returns the answer and the key."""
    client, headers = browser
    page = client.get(FORM)
    code = pyotp.TOTP(shown_key(page)).at(clock.now())
    given = {"secret": hidden(page, "secret"), "code": code, **more}
    return client.post(FORM, data=given, headers=headers), shown_key(page)


def listed(page):
    return re.findall(r"<li><code>([^<]+)</code></li>", page.text)


def test_a_picture_a_key_and_a_first_code_switch_it_on(browser, boss):
    client, _headers = browser
    assert FORM in client.get("/admin/account").text
    assert '<svg aria-hidden="true"' in client.get(FORM).text
    made, key = set_up(browser)
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    assert len(listed(made)) == 10
    assert factors.of_user(boss.user_id).codes_left == 10
    assert key not in made.text
    account = client.get("/admin/account").text
    assert not any(code in account for code in listed(made))
    assert client.get(FORM).location == "/admin/account"


def test_a_wrong_first_code_shows_the_same_picture_again(browser, boss):
    client, headers = browser
    page = client.get(FORM)
    given = {"secret": hidden(page, "secret"), "code": "12 34"}
    refused = client.post(FORM, data=given, headers=headers)
    assert (refused.status_code, 'id="code-error"' in refused.text) == (401, True)
    assert shown_key(refused) == shown_key(page)
    assert 'value="12 34"' in refused.text
    assert factors.of_user(boss.user_id) is None


def test_a_secret_that_was_not_made_here_is_shown_anew(browser, boss):
    client, headers = browser
    given = {"secret": "invented", "code": "123456"}
    assert client.post(FORM, data=given, headers=headers).location == FORM


def test_new_codes_end_those_before(browser, boss):
    client, headers = browser
    before = listed(set_up(browser)[0])
    after = listed(client.post(f"{FORM}/codes", headers=headers))
    assert len(after) == 10
    assert not set(before) & set(after)
    assert factors.of_user(boss.user_id).codes_left == 10


def test_without_one_there_are_no_codes_to_make(browser):
    client, headers = browser
    assert client.post(f"{FORM}/codes", headers=headers).location == "/admin/account"


def test_it_is_switched_off_with_the_password_and_a_code(browser, boss):
    client, headers = browser
    phone = codes.set_up(boss)
    headers = as_browser(client, boss)
    for password, code, field in (
        ("a guess at it", phone.recovery[0], "current_password"),
        (PASSWORD, phone.wrong(), "code"),
    ):
        given = {"current_password": password, "code": code}
        refused = client.post(f"{FORM}/off", data=given, headers=headers)
        assert f'id="{field}-error"' in refused.text
        assert factors.of_user(boss.user_id) is not None
    given = {"current_password": PASSWORD, "code": phone.recovery[0]}
    assert client.post(f"{FORM}/off", data=given, headers=headers).location == "/admin/account"
    assert factors.of_user(boss.user_id) is None


def test_a_lost_phone_without_codes_is_another_organisers_business(browser):
    client, headers = browser
    helper = factories.member("desk")
    codes.set_up(helper)
    address = f"/admin/team/{helper.user_id}/second-factor"
    assert address in client.get("/admin/team").text
    assert helper.email in client.get(address).text
    opened = sign_ins.open_for(helper.user_id, "").sign_in_id
    assert client.post(address, headers=headers).location == "/admin/team"
    assert factors.of_user(helper.user_id) is None
    assert sign_ins.session(opened) is None
    log = [trace.outcome for trace in security_log.latest(helper.user_id, "")]
    assert log == [Outcome.FACTOR_REMOVED]
    assert helper.email in client.get("/admin/audit").text
    assert client.post(address, headers=headers).location == "/admin/team"
    assert len(security_log.latest(helper.user_id, "")) == 1


def test_a_program_takes_a_lost_one_away(client, boss):
    helper = factories.member("desk")
    codes.set_up(helper)
    address = f"/api/admin/team/{helper.user_id}/second_factor/"
    assert client.delete(address, headers=boss.bearer()).status_code == 204
    assert factors.of_user(helper.user_id) is None
    own = f"/api/admin/team/{boss.user_id}/second_factor/"
    assert client.delete(own, headers=boss.bearer()).json["code"] == "own_second_factor"


def test_ones_own_is_not_taken_away_there(browser, boss):
    client, _headers = browser
    codes.set_up(boss)
    headers = as_browser(client, boss)
    assert "second-factor" not in client.get("/admin/team").text
    address = f"/admin/team/{boss.user_id}/second-factor"
    assert client.post(address, headers=headers).status_code == 400
    assert factors.of_user(boss.user_id) is not None


class TestMails:
    @pytest.fixture
    def config(self, mail_settings):
        return mail_settings

    def test_the_owner_hears_of_it(self, browser, mailbox):
        client, headers = browser
        helper = factories.member("desk")
        codes.set_up(helper)
        client.post(f"/admin/team/{helper.user_id}/second-factor", headers=headers)
        wait_until(lambda: mailbox, "the mail")
        assert [mail["To"] for mail in mailbox] == [helper.email]


@REQUIRED
def test_where_all_have_to_have_one_everything_else_comes_afterwards(app):
    there = world()
    wrong, tried = [], 0
    ways = STEPS[1].ways
    for person in (there.admin, factories.member("desk"), factories.member("viewer")):
        browser = app.test_client()
        headers = as_browser(browser, person)
        for call in calls(app):
            if call.who in LINKS or call.endpoint in MEANWHILE | ways:
                continue
            answer = browser.open(there.address(app, call), buffered=True, **sending(call, headers))
            tried += 1
            if call.for_programs:
                said = (answer.status_code, (answer.json or {}).get("code"))
                comes_first = said == (403, "second_factor_to_set_up")
            else:
                comes_first = (answer.location or "").partition("?")[0] == FORM
            if not comes_first:
                wrong.append(f"{person.role} {call.method} {call.rule}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert tried > 400


@REQUIRED
def test_having_set_it_up_one_goes_on(browser):
    client, _headers = browser
    led = client.get("/admin/students").location
    assert led == f"{FORM}?next=/admin/students"
    assert 'type="hidden" name="next" value="/admin/students"' in client.get(led).text
    made, _key = set_up(browser, next="/admin/students")
    assert 'href="/admin/students"' in made.text
    assert client.get("/admin/students").status_code == 200


@REQUIRED
def test_students_are_not_asked_for_one(client, alice):
    alice.sign_in(client)
    assert client.get("/dashboard").status_code == 200
