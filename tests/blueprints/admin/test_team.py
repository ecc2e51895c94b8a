"""The team's page: who is there, links in, roles, removal."""

import re

import pytest

from jobfair.models import Role
from jobfair.queries.admin import team as members
from jobfair.services import mail
from jobfair.services.access import sign_ins, team
from tests.support import factories
from tests.support.factories import PASSWORD
from tests.support.organisers import Organiser

REFUSALS = {
    "en": "This e-mail address has an account already",
    "fr": "Cette adresse e-mail a déjà un compte",
}


@pytest.fixture
def organiser(client):
    return Organiser(client)


@pytest.fixture
def desk(app):
    return factories.member("desk", "desk@example.org")


@pytest.fixture
def sent(monkeypatch):
    """The mails, where mail can be sent."""
    mails = []
    monkeypatch.setattr(mail, "is_configured", lambda: True)
    monkeypatch.setattr(mail, "send", lambda *given: mails.append(given) or True)
    return mails


def link_in(page):
    return re.search(r'value="http://localhost(/welcome/[^"]+)"', page.text)[1]


def test_somebody_comes_in_by_the_link_that_is_shown_once(app, organiser):
    page = organiser.post("/admin/team", email="ann@example.org", role="desk")
    assert page.status_code == 200
    assert "shown this once" in page.text
    link = link_in(page)
    listed = organiser.get("/admin/team").text
    assert "ann@example.org" in listed
    assert "invited" in listed
    assert link not in listed
    browser = app.test_client()
    browser.set_cookie("kept", "yes")
    welcome = browser.get(link, headers={"Accept-Language": "en"}).text
    assert "Welcome to the team" in welcome
    assert "Desk" in welcome
    answer = browser.post(link, data={"password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/admin/desk")
    assert browser.get("/admin/").status_code == 200


def test_no_password_is_made_of_ones_own_address(app, organiser, client):
    link = link_in(organiser.post("/admin/team", email="annabelle@example.org", role="desk"))
    assert app.test_client().post(link, data={"password": "annabelle"}).status_code == 400


def test_the_link_goes_out_by_mail_where_mail_can_be_sent(organiser, sent):
    page = organiser.post("/admin/team", email="ann@example.org", role="viewer")
    ((to, subject, text),) = sent
    assert (to, subject) == ("ann@example.org", "Invitation to the team")
    assert link_in(page) in text
    assert "Viewer (looks, and changes nothing)" in text
    assert "sent by mail" in page.text


@pytest.mark.parametrize("language", REFUSALS)
def test_what_is_refused_is_said_beside_it_and_what_was_typed_stays(
    organiser, client, desk, language
):
    organiser._headers["Accept-Language"] = language
    page = organiser.post("/admin/team", email="desk@example.org", role="viewer")
    assert page.status_code == 400
    assert REFUSALS[language] in page.text
    assert 'id="email-error"' in page.text
    assert 'value="desk@example.org"' in page.text
    assert re.search(r'value="viewer" required checked', page.text)
    nothing = organiser.post("/admin/team", email="new@example.org", role="king")
    assert nothing.status_code == 400
    assert [each.email for each in members.members()] == ["admin@example.org", "desk@example.org"]


def test_another_role(organiser, desk):
    address = f"/admin/team/{desk.user_id}/role"
    answer = organiser.post(address, role="viewer")
    assert (answer.status_code, answer.location) == (303, "/admin/team")
    assert members.member(desk.user_id).role is Role.VIEWER
    assert organiser.post(address, role="student").status_code == 400


def test_a_removal_is_asked_first_and_ends_what_is_open(app, organiser, desk):
    browser = app.test_client()
    desk.sign_in(browser)
    assert browser.get("/admin/").status_code == 200
    address = f"/admin/team/{desk.user_id}/remove"
    question = organiser.get(address).text
    assert "Remove desk@example.org from the team?" in question
    assert "signed out at once" in question
    assert organiser.post(address).status_code == 303
    assert browser.get("/admin/").location == "/login?next=/admin/"
    assert organiser.post(address).status_code == 404


@pytest.mark.parametrize(
    ("language", "last", "own"),
    [
        ("en", "This is the last organiser", "Nobody changes their own role"),
        ("fr", "est le dernier organisateur", "Personne ne change son propre rôle"),
    ],
)
def test_the_last_organiser_and_ones_own_role_are_refused_in_their_row(
    organiser, language, last, own
):
    organiser._headers["Accept-Language"] = language
    me = members.member_with("admin@example.org").user_id
    row = re.compile(rf'id="member-{me}">.*?</li>', re.S)
    refused = organiser.post(f"/admin/team/{me}/remove")
    assert refused.status_code == 400
    assert last in row.search(refused.text)[0]
    refused = organiser.post(f"/admin/team/{me}/role", role="viewer")
    assert refused.status_code == 400
    assert own in row.search(refused.text)[0]


def test_another_link_for_who_has_not_come_in(organiser, desk):
    guest = team.invite(factories.admin().actor, "guest@example.org", Role.VIEWER)
    address = f"/admin/team/{guest.user_id}/link"
    assert address in organiser.get("/admin/team").text
    assert link_in(organiser.post(address)) != f"/welcome/{guest.token}"
    refused = organiser.post(f"/admin/team/{desk.user_id}/link")
    assert refused.status_code == 400
    assert "They have chosen a password already" in refused.text


def test_who_may_not_is_refused_in_words(app, desk):
    browser = app.test_client()
    desk.sign_in(browser)
    page = browser.get("/admin/team", headers={"Accept-Language": "en"})
    assert page.status_code == 403
    assert "Your role does not allow this: ask an organiser." in page.text
    french = browser.get("/admin/team", headers={"Accept-Language": "fr"})
    assert "Votre rôle ne le permet pas" in french.text


def test_last_sign_ins_are_shown(organiser, desk):
    assert "not signed in yet" in organiser.get("/admin/team").text
    sign_ins.open_for(desk.user_id, "a tablet")
    assert "not signed in yet" not in organiser.get("/admin/team").text
