"""A browser asks to be called while its page is closed, and asks no more."""

import pytest
from sqlalchemy import select

from jobfair.extensions import db
from jobfair.models import PushSubscription, SignIn
from jobfair.services.access import sign_ins
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web.security.browsers import csrf
from jobfair.web_push import subscriptions
from tests.support import factories
from tests.support.push_service import FakeBrowser


def browser(name="phone"):
    return FakeBrowser("https://push.services.mozilla.com", name)


def kept():
    with db.engine.connect() as connection:
        query = select(PushSubscription.endpoint, SignIn.user_id).join(SignIn)
        return [tuple(row) for row in connection.execute(query)]


def subscribe(client, token, form, path="/push-subscriptions/"):
    return client.post(path, data={"csrf_token": token, **form})


@pytest.fixture
def opened(client, alice):
    return alice.sign_in(client)


@pytest.fixture
def token(opened):
    return csrf.token(opened.sign_in_id)


def test_a_browser_subscribes_and_unsubscribes(client, alice, token):
    assert subscribe(client, token, browser().form).status_code == 204
    assert subscribe(client, token, browser().form).status_code == 204
    assert kept() == [(browser().endpoint, alice.user_id)]
    assert subscribe(client, token, browser().form, "/push-subscriptions/remove").status_code == 204
    assert kept() == []


def test_the_key_comes_with_what_a_script_has_to_send(client, token):
    given = client.get("/push-subscriptions/key").json
    assert given["csrf_token"] == token
    assert len(given["key"]) == 87


def test_students_only(app, client):
    assert client.get("/push-subscriptions/key").status_code == 401
    assert client.post("/push-subscriptions/", data=browser().form).status_code == 401
    admin = app.test_client()
    opened = factories.admin().sign_in(admin)
    answer = subscribe(admin, csrf.token(opened.sign_in_id), browser().form)
    assert answer.status_code == 403


def test_not_without_the_forms_token(client, opened):
    assert client.post("/push-subscriptions/", data=browser().form).status_code == 403
    assert kept() == []


def test_a_stranger_takes_nobodys_browser_away(app, client, alice, token):
    subscribe(client, token, browser().form)
    stranger = app.test_client()
    opened = factories.student("Bob").sign_in(stranger)
    subscribe(stranger, csrf.token(opened.sign_in_id), browser().form, "/push-subscriptions/remove")
    assert kept() == [(browser().endpoint, alice.user_id)]


def test_somebody_who_signs_in_later_on_the_same_browser_has_it(client, token):
    subscribe(client, token, browser().form)
    bob = factories.student("Bob")
    opened = bob.sign_in(client)
    subscribe(client, csrf.token(opened.sign_in_id), browser().form)
    assert kept() == [(browser().endpoint, bob.user_id)]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/1",
        "https://localhost/1",
        "https://127.0.0.1/1",
        "https://[::1]/1",
        "https://2130706433/1",
        "https://0x7f.1/1",
        "https://redis:6379/",
        "https://fcm.googleapis.com:8443/1",
        "https://fcm.googleapis.com:99999/",
        "https://user@fcm.googleapis.com/1",
        "https://fcm.googleapis.com@router.local/1",
        "https://notfcm.googleapis.com/1",
        "https://fcm.googleapis.com.example/1",
        "https://push.example/1",
        "https://[bad/1",
        "ftp://fcm.googleapis.com/1",
        "fcm.googleapis.com",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "",
    ],
)
def test_only_a_push_service_that_is_known_is_written_to(client, token, endpoint):
    answer = subscribe(client, token, {**browser().form, "endpoint": endpoint})
    assert answer.status_code == 400
    assert "endpoint" in answer.json["errors"]
    assert kept() == []


@pytest.mark.parametrize(
    "host",
    [
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com",
        "wns2-par02p.notify.windows.com",
    ],
)
def test_the_browsers_makers_push_services_are_known(client, token, host):
    assert subscribe(client, token, FakeBrowser(f"https://{host}", "phone").form).status_code == 204


def test_a_setting_adds_hosts(app, client, token):
    form = FakeBrowser("https://push.example", "phone").form
    assert subscribe(client, token, form).status_code == 400
    app.config["PUSH_HOSTS"] = ("push.example",)
    assert subscribe(client, token, form).status_code == 204


@pytest.mark.parametrize("wrong", [{"p256dh": "x"}, {"auth": "é" * 22}, {"auth": ""}])
def test_keys_that_are_none_are_refused(client, token, wrong):
    assert subscribe(client, token, {**browser().form, **wrong}).status_code == 400
    assert kept() == []


def test_a_student_has_ten_browsers_the_newest(client, token):
    for number in range(12):
        subscribe(client, token, browser(f"phone-{number}").form)
    assert len(kept()) == subscriptions.MOST
    assert browser("phone-11").endpoint in dict(kept())
    assert browser("phone-1").endpoint not in dict(kept())


@pytest.mark.parametrize("ending", ["sign out", "deactivation", "deletion"])
def test_it_ends_with_the_sign_in(client, alice, opened, token, ending):
    subscribe(client, token, browser().form)
    match ending:
        case "sign out":
            sign_ins.end(alice.actor, alice.user_id, opened.sign_in_id)
        case "deactivation":
            students.set_active(actors.SYSTEM, alice.student_id, active=False)
        case "deletion":
            students.delete(actors.SYSTEM, alice.student_id, "Alice")
    assert kept() == []
