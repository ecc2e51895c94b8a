"""What is stored about somebody: said, handed out, deleted by themselves."""

import json
from html import unescape

import pytest
from flask_babel import force_locale
from sqlalchemy import insert, select

from jobfair.domain.events import Audience
from jobfair.exceptions import NotFound
from jobfair.extensions import db
from jobfair.models import Push, PushSubscription, Student, User
from jobfair.queries.admin import roster
from jobfair.queries.stand import stands
from jobfair.queries.student import own_data
from jobfair.services.access import sign_ins
from jobfair.services.fair import messages
from jobfair.unit_of_work import actors
from jobfair.wording.stored_data import PUSH_SERVICES, SERVER_LOG, STORED
from tests.support import factories
from tests.support.browsing import Browser
from tests.support.factories import PASSWORD
from tests.support.leaving import ENDPOINT, NOTE, Leaver


@pytest.fixture
def browser(client, alice):
    return Browser(client, alice)


@pytest.mark.parametrize(("language", "title"), [("fr", "Vos données"), ("en", "Your data")])
def test_everybody_can_read_what_is_stored(client, language, title):
    page = client.get("/privacy", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.text


def test_the_page_says_all_that_is_declared_beside_the_tables(app, client):
    page = unescape(client.get("/privacy", headers={"Accept-Language": "en"}).text)
    with app.test_request_context(), force_locale("en"):
        for words in (*STORED.values(), PUSH_SERVICES, SERVER_LOG):
            assert f"<strong>{words.what}</strong>: {words.why}" in page
    # How to ask for what no page shows.
    assert "ask that company at its stand, or the organisers" in page
    for maker in ("Google", "Mozilla", "Apple", "Microsoft"):
        assert maker in page


@pytest.mark.parametrize("server", ["", "smtp://mail.example"])
def test_mail_servers_are_named_where_mail_is_sent(app, client, server):
    app.config["SMTP_URL"] = server
    page = client.get("/privacy", headers={"Accept-Language": "en"}).text
    assert ("Mail servers" in page) == bool(server)


def test_it_is_one_tap_from_registration_and_profile(client, browser):
    assert 'href="/privacy"' in browser.get("/profile").text
    assert 'href="/privacy"' in client.application.test_client().get("/register").text


def test_a_student_gets_all_that_is_theirs_and_nothing_of_others(alice, bob, techcorp, browser):
    factories.entry(alice, techcorp)
    factories.entry(bob, techcorp)
    ended = sign_ins.open_for(alice.user_id, "an old phone").sign_in_id
    sign_ins.end(alice.actor, alice.user_id, ended)
    sign_ins.end(bob.actor, bob.user_id, sign_ins.open_for(bob.user_id, "a tablet").sign_in_id)
    messages.to_queue(actors.admin(1), techcorp, "Come soon")
    answer = browser.get("/profile/data")
    assert "attachment" in answer.headers["Content-Disposition"]
    data = answer.json
    assert data["account"]["email"] == alice.email
    assert [each["company"] for each in data["entries"]] == ["TechCorp"]
    assert "an old phone" in [each["device"] for each in data["sign_ins"]]
    kinds = [each["kind"] for each in data["history"]]
    assert kinds.count("sign_in_ended") == 1
    assert {"student_created", "joined", "turn_came", "message_sent"} <= set(kinds)
    said = next(each for each in data["history"] if each["kind"] == "message_sent")
    assert said["data"]["audience"] == Audience.QUEUE
    assert said["data"]["students"] == [alice.student_id]
    for theirs in ("a tablet", bob.email, "Bob", "$argon2", "refresh_id"):
        assert theirs not in answer.text


def test_the_copy_has_each_column_that_is_declared_and_says_what_it_leaves_out(app):
    leaver = Leaver(app)
    leaver.does_everything()
    with db.engine.begin() as connection:
        subscription = connection.execute(select(PushSubscription.id)).scalar_one()
        connection.execute(insert(Push).values(number=1, subscription_id=subscription))
    with app.test_request_context(), force_locale("en"):
        data = own_data.everything(leaver.id)
    for name, (model, _query) in own_data.SECTIONS.items():
        columns = {each.name for each in own_data.copied(model)}
        assert data[name], name
        assert set(data[name][0]) - {"company"} == columns, name
    for model in (User, Student):
        assert {each.name for each in own_data.copied(model)} <= set(data["account"])
    text = json.dumps(data)
    for left_out in (NOTE, ENDPOINT, "$argon2"):
        assert left_out not in text
    assert any("hand you all notes" in each for each in data["about"]["not_in_this_copy"])
    assert any("Google" in each for each in data["about"]["sent_on"])


def test_deleting_asks_for_the_password_and_says_what_is_lost(alice, techcorp, browser):
    factories.interview(alice, techcorp)
    page = browser.get("/profile/delete").text
    assert "The interview at TechCorp is broken off." in page
    refused = browser.post("/profile/delete", password="wrong")
    assert refused.status_code == 400
    assert "This is not your current password" in refused.text
    assert roster.student(alice.student_id)


def test_a_deleted_account_is_gone_and_its_slot_is_free(client, alice, techcorp, browser):
    factories.interview(alice, techcorp)
    phone = sign_ins.open_for(alice.user_id, "a phone").sign_in_id
    assert browser.post("/profile/delete", password=PASSWORD).location == "/"
    with pytest.raises(NotFound):
        roster.student(alice.student_id)
    assert stands.stand(techcorp).company.running == 0
    assert sign_ins.session(phone) is None
    assert browser.get("/dashboard").status_code == 303
    sign_in = client.post("/login", data={"email": alice.email, "password": PASSWORD})
    assert sign_in.status_code == 401


def test_strangers_and_organisers_have_no_such_page(client, app):
    assert client.get("/profile/data").location.startswith("/login")
    organiser = Browser(app.test_client(), factories.admin())
    for path in ("/profile/data", "/profile/delete"):
        assert organiser.get(path).status_code == 403


def test_through_json(client, alice):
    headers = alice.bearer()
    data = client.get("/api/students/me/data/", headers=headers)
    assert data.json["account"]["first_name"] == "Alice"
    wrong = client.delete("/api/students/me/", json={"password": "wrong"}, headers=headers)
    assert (wrong.status_code, wrong.json["code"]) == (400, "wrong_password")
    assert "errors" not in wrong.json
    gone = client.delete("/api/students/me/", json={"password": PASSWORD}, headers=headers)
    assert gone.status_code == 204
    assert client.get("/api/students/me/", headers=headers).status_code == 401
