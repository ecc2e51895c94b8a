"""The second factor, asked for after the password: nothing is open before it is given."""

import pytest

from jobfair.models import Outcome
from jobfair.queries.access import security_log
from jobfair.services.access import accounts, invitations
from jobfair.unit_of_work.transaction import write_transaction
from tests.blueprints.who_may import OF_TEAM, Who, calls, sending, world
from tests.support import codes, factories
from tests.support.factories import PASSWORD
from tests.support.waiting import wait_until

CODE = "/login/code"
LOGIN = "/api/auth/login/"
LIMITED = pytest.mark.parametrize("config", [{"RATELIMIT_ENABLED": True}])


@pytest.fixture
def boss(app):
    return factories.admin()


@pytest.fixture
def phone(boss):
    return codes.set_up(boss)


def password(client, person, **more):
    return client.post("/login", data={"email": person.email, "password": PASSWORD, **more})


def give(client, code, **more):
    return client.post(CODE, data={"code": code, **more})


def program(client, person, **more):
    return client.post(LOGIN, json={"email": person.email, "password": PASSWORD, **more})


def outcomes(person):
    return [trace.outcome for trace in security_log.latest(person.user_id, "")]


def test_password_then_code_then_on_to_where_they_were_going(client, boss, phone):
    asked = password(client, boss, next="/admin/students")
    assert (asked.status_code, asked.location) == (303, f"{CODE}?next=/admin/students")
    page = client.get(asked.location)
    assert 'name="next" value="/admin/students"' in page.text
    entered = give(client, phone.code(), next="/admin/students")
    assert (entered.status_code, entered.location) == (303, "/admin/students")
    assert client.get("/admin/students").status_code == 200
    assert client.get_cookie("jobfair_half") is None


def test_in_between_no_page_no_call_and_no_stream_is_open(app):
    there = world()
    phone = codes.set_up(there.admin)
    client = app.test_client()
    password(client, there.admin)
    assert {each.key for each in client._cookies.values()} == {"jobfair_half"}
    wrong, tried = [], 0
    for call in calls(app):
        if call.who not in (*OF_TEAM, Who.USER):
            continue
        answer = client.open(there.address(app, call), buffered=True, **sending(call, {}))
        tried += 1
        asked = 401 if call.for_programs else 303
        if answer.status_code != asked:
            wrong.append(f"{call.method} {call.rule}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert tried > 100
    assert give(client, phone.code()).location == "/admin/"


def test_a_wrong_code_is_said_where_it_is_typed_and_in_the_log(client, boss, phone):
    password(client, boss)
    refused = give(client, phone.wrong(), next="/admin/students")
    assert (refused.status_code, 'id="code-error"' in refused.text) == (401, True)
    assert f'value="{phone.wrong()}"' in refused.text
    assert 'name="next" value="/admin/students"' in refused.text
    assert client.get("/admin/").status_code == 303
    assert outcomes(boss) == [Outcome.WRONG_CODE]
    assert give(client, phone.code()).status_code == 303


def test_without_the_password_there_is_no_code_to_give(client, boss, phone):
    for answer in (client.get(CODE), give(client, phone.code(), next="/admin/students")):
        assert answer.location.partition("?")[0] == "/login"
    client.set_cookie("jobfair_half", "invented")
    assert give(client, phone.code()).location == "/login"


def test_the_password_is_good_for_five_minutes_and_one_browser(
    app, client, boss, phone, monkeypatch
):
    password(client, boss)
    assert give(app.test_client(), phone.code()).location == "/login"
    monkeypatch.setattr("jobfair.web.security.sign_in.half_sign_ins.LIFETIME", -codes.STEP)
    assert give(client, phone.code()).location == "/login"


def test_a_new_password_ends_it(client, boss, phone):
    password(client, boss)
    accounts.set_password(boss.actor, boss.user_id, "staple for a while")
    assert give(client, phone.code()).location == "/login"


def test_a_recovery_code_stands_in_for_a_lost_phone(client, boss, phone):
    password(client, boss)
    assert give(client, phone.recovery[3]).location == "/admin/"
    assert Outcome.RECOVERY_CODE in outcomes(boss)
    assert "9 " in client.get("/admin/account", headers={"Accept-Language": "en"}).text


def test_who_has_none_is_not_asked(client, boss, alice):
    assert password(client, boss).location == "/admin/"
    assert password(client, alice).location == "/dashboard"


def test_a_personal_link_is_not_enough_either(client):
    helper = factories.member("desk")
    phone = codes.set_up(helper)
    with write_transaction(helper.actor) as work:
        token = invitations.insert_link(work, helper.user_id, invitations.LIFETIME)
    chosen = client.post(f"/welcome/{token}", data={"password": "staple for a while"})
    assert chosen.location == CODE
    assert client.get("/admin/").status_code == 303
    assert give(client, phone.code()).location == "/admin/desk"


def test_a_program_sends_both_together(client, boss, phone):
    needed = program(client, boss)
    assert (needed.status_code, needed.json["code"]) == (401, "second_factor_needed")
    wrong = program(client, boss, code=phone.wrong())
    assert (wrong.status_code, wrong.json["code"]) == (401, "wrong_second_factor")
    bearer = {"Authorization": f"Bearer {program(client, boss, code=phone.code()).json['access']}"}
    assert client.get("/api/auth/me/", headers=bearer).json["email"] == boss.email
    again = program(client, boss, code=phone.code())
    assert again.json["code"] == "wrong_second_factor"
    guess = client.post(LOGIN, json={"email": boss.email, "password": "x", "code": phone.code(1)})
    assert guess.json["code"] == "wrong_credentials"


def test_a_program_without_one_needs_no_code(client, alice):
    assert program(client, alice).status_code == 200
    assert program(client, alice, code="123456").status_code == 200


@LIMITED
def test_codes_are_not_to_be_guessed(client, boss, phone):
    password(client, boss)
    said = [give(client, phone.wrong()).status_code for _ in range(11)]
    assert said == [401] * 10 + [429]
    assert give(client, phone.code()).status_code == 429


@LIMITED
def test_programs_guess_no_more_often_and_asking_for_one_is_no_guess(client, boss, phone):
    assert {program(client, boss).status_code for _ in range(15)} == {401}
    said = [program(client, boss, code=phone.wrong()).status_code for _ in range(11)]
    assert said == [401] * 10 + [429]


@LIMITED
def test_who_guesses_keeps_no_owner_out(app, boss, phone):
    own = app.test_client()
    password(own, boss)
    assert give(own, phone.code(-1)).status_code == 303
    own.delete_cookie("jobfair_access")
    thief = app.test_client()
    password(thief, boss)
    while give(thief, phone.wrong()).status_code != 429:
        pass
    assert password(own, boss).location == CODE
    assert give(own, phone.code()).status_code == 303


class TestMails:
    @pytest.fixture
    def config(self, mail_settings):
        return mail_settings

    def test_a_recovery_code_is_said_to_its_owner(self, client, boss, phone, mailbox):
        password(client, boss)
        give(client, phone.recovery[0])
        wait_until(lambda: mailbox, "the mail")
        (mail,) = mailbox
        assert mail["To"] == boss.email
        assert phone.recovery[0] not in mail.as_string()
