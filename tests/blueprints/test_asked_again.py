"""The password is asked again, after ten minutes, before what is grave."""

import re

import pytest

from jobfair.services.access import sign_ins
from jobfair.web.security.sign_in.recent_password import ASKS, FIELD, KEPT_FOR
from tests.blueprints.who_may import as_browser, calls, sending, world
from tests.support import factories
from tests.support.factories import PASSWORD

ASKED = """
    admin.company.confirm_new_link admin.company.new_link
    admin.company.confirm_delete admin.company.delete
    admin.student.confirm_delete admin.student.delete admin.merging.ask admin.merging.merge
    admin.removal.confirm admin.removal.remove admin.import_undo.undo
    admin.exports.index admin.exports.students admin.exports.companies
    admin.exports.entries admin.exports.interviews admin.exports.audit
    admin.printing.link admin.printing.links
    admin.backups.download admin.backups.preview admin.backups.restore
    admin.backups.confirm_removal admin.backups.remove
    admin.link_mails.preview admin.link_mails.send
    admin.editions.confirm admin.editions.close
    admin.links.download admin.links.give_pins admin.links.code
    admin.invitations.create admin.invitations.create_one
    admin.invitations.confirm_anew admin.invitations.create_anew
    admin.sign_up.change admin.sign_up.change_word admin.sign_up.new_word
    admin.team.invite admin.team.invite_again admin.team.change_role
    admin.team.confirm_remove admin.team.remove
    admin.team.confirm_remove_factor admin.team.remove_factor
    admin.second_factor.form admin.second_factor.set_up admin.second_factor.new_codes
    api_companies.delete api_companies.regenerate_token
    api_students.delete_student
    api_student.make_link api_student.merge
    api_student_accounts.make_links api_student_accounts.remove
    api_report.close api_sign_up.change api_sign_up.change_word
    admin.keys.make admin.keys.confirm_withdrawal admin.keys.withdraw
    api_keys.make api_keys.withdraw
    api_backups.remove api_backups.take
    api_exports.audit api_exports.companies api_exports.entries api_exports.interviews
    api_exports.students
    api_imports.undo_companies api_imports.undo_students
    api_link_mails.preview api_link_mails.send api_links.give_pins api_links.take
    api_second_factor.new_codes api_second_factor.new_secret api_second_factor.set_up
    api_team.invite api_team.invite_again api_team.change_role api_team.remove
    api_team.remove_second_factor
    admin.webhooks.make admin.webhooks.confirm_removal admin.webhooks.remove
    admin.webhooks.change_secret admin.webhooks.change_events
    api_webhooks.make api_webhooks.remove api_webhooks.change_secret
    api_webhooks.change_events
"""
"""Deletions, exports, pages of links, signing up, the team: a new one of these belongs here."""

CONFIRM = "/account/confirm"
LONG = KEPT_FOR.total_seconds() + 1


@pytest.fixture
def boss(app):
    return factories.admin()


@pytest.fixture
def browser(client, boss):
    return client, as_browser(client, boss)


def test_every_address_that_asks_is_in_the_table(app):
    asks = {name for name, view in app.view_functions.items() if getattr(view, ASKS, False)}
    assert asks == set(ASKED.split())


def test_a_sign_in_of_ten_minutes_ago_is_asked_and_nothing_happens(app, time, stays):
    there = world()
    client = app.test_client()
    headers = as_browser(client, there.admin)
    bearer = there.admin.bearer()
    time.pass_(seconds=LONG)
    wrong = []
    asked = [call for call in calls(app) if call.endpoint in ASKED.split()]
    for call in asked:
        path, before = there.address(app, call), stays()
        given = bearer if call.for_programs else headers
        answer = client.open(path, buffered=True, **sending(call, given))
        if call.for_programs:
            is_asked = (answer.status_code, (answer.json or {}).get("code")) == (
                403,
                "password_needed",
            )
        elif call.is_page:
            is_asked = (answer.location or "").startswith(f"{CONFIRM}?next=")
        else:
            is_asked = answer.status_code == 403 and f'name="{FIELD}"' in answer.text
        if not is_asked or stays() != before:
            wrong.append(f"{call.method} {path}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert {call.endpoint for call in asked} == set(ASKED.split())


def test_a_sign_in_is_asked_for_nothing_for_ten_minutes(time, browser):
    client, _headers = browser
    time.pass_(seconds=LONG - 2)
    assert client.get("/admin/exports").status_code == 200


def test_a_page_comes_after_the_password(time, browser):
    client, headers = browser
    time.pass_(seconds=LONG)
    asked = client.get("/admin/exports?x=1").location
    assert asked == f"{CONFIRM}?next=/admin/exports?x%3D1"
    assert 'value="/admin/exports?x=1"' in client.get(asked).text
    form = {FIELD: PASSWORD, "next": "/admin/exports?x=1"}
    assert client.post(CONFIRM, data=form, headers=headers).location == "/admin/exports?x=1"
    assert client.get("/admin/exports?x=1").status_code == 200
    time.pass_(seconds=LONG)
    assert client.get("/admin/exports?x=1").status_code == 303


@pytest.mark.parametrize("config", [{"RATELIMIT_ENABLED": True}])
def test_a_wrong_password_is_said_opens_nothing_and_is_counted(time, browser):
    client, headers = browser
    time.pass_(seconds=LONG)
    form = {FIELD: "a guess at it", "next": "/admin/exports"}
    for _guess in range(10):
        refused = client.post(CONFIRM, data=form, headers=headers)
        assert (refused.status_code, f'id="{FIELD}-error"' in refused.text) == (400, True)
        assert 'name="next" value="/admin/exports"' in refused.text
    limited = client.post(CONFIRM, data=form | {FIELD: PASSWORD}, headers=headers)
    assert limited.status_code == 429
    assert client.get("/admin/exports").status_code == 303


def test_the_password_never_leads_elsewhere(browser):
    client, headers = browser
    form = {FIELD: PASSWORD, "next": "//evil.example/"}
    assert client.post(CONFIRM, data=form, headers=headers).location == "/admin/"


def test_a_form_is_sent_on_after_the_password_with_all_that_was_typed(time, browser):
    client, headers = browser
    time.pass_(seconds=LONG)
    typed = {"email": "Zoé <new>@example.org", "role": "desk"}
    asked = client.post("/admin/team", data=typed, headers=headers)
    assert asked.status_code == 403
    sent_on = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.text))
    assert sent_on["email"] == "Zoé &lt;new&gt;@example.org"
    assert 'action="/admin/team"' in asked.text

    wrong = client.post("/admin/team", data=typed | {FIELD: "a guess at it"}, headers=headers)
    assert (wrong.status_code, f'id="{FIELD}-error"' in wrong.text) == (400, True)
    assert "a guess at it" not in wrong.text
    assert dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', wrong.text)) == sent_on

    good = typed | {"email": "zoe@example.org", FIELD: PASSWORD}
    made = client.post("/admin/team", data=good, headers=headers)
    assert (made.status_code, "zoe@example.org" in made.text) == (200, True)


def test_a_form_with_a_key_is_carried_out_once_the_password_is_there(time, browser):
    client, headers = browser
    company_id = factories.company()
    address, key = f"/admin/companies/{company_id}/delete", {"idempotency_key": "k-1"}
    time.pass_(seconds=LONG)
    assert client.post(address, data=key, headers=headers).status_code == 403
    assert client.post(address, data=key | {FIELD: PASSWORD}, headers=headers).status_code == 303
    assert client.get(f"/admin/companies/{company_id}").status_code == 404


def test_a_program_gives_it_to_a_call_and_only_its_own_sign_in_goes_on(time, client, boss):
    here, elsewhere = boss.bearer(), boss.bearer()
    company_id = factories.company()
    address = f"/api/companies/admin/companies/{company_id}/"
    time.pass_(seconds=LONG)
    guess = {"current_password": "a guess at it"}
    refused = client.post("/api/auth/confirm/", json=guess, headers=here)
    assert (refused.status_code, list(refused.json["errors"])) == (400, ["current_password"])
    assert client.delete(address, headers=here).json["code"] == "password_needed"
    given = {"current_password": PASSWORD}
    assert client.post("/api/auth/confirm/", json=given, headers=here).status_code == 204
    assert client.delete(address, headers=elsewhere).json["code"] == "password_needed"
    assert client.delete(address, headers=here).status_code == 204


def test_a_renewed_sign_in_is_asked_all_the_same(time, client, boss):
    opened = boss.sign_in(client)
    time.pass_(hours=1)
    assert sign_ins.renew(opened.sign_in_id)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/exports").location.startswith(CONFIRM)


def test_a_clock_that_was_set_back_confirms_nothing_for_ever(time, browser):
    client, _headers = browser
    time.pass_(seconds=-LONG)
    assert client.get("/admin/exports").location.startswith(CONFIRM)
