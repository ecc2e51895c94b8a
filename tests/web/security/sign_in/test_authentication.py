"""Silent renewal, revocation, and who may see what (flow 1b)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from jobfair.extensions import db
from jobfair.models import SignIn
from jobfair.services.access import accounts, sign_ins
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web.security.sign_in import tokens
from tests.support import factories

ACCESS = "jobfair_access"


def cookies_set(answer):
    return [each.split("=")[0] for each in answer.headers.getlist("Set-Cookie")]


def open_tab(app, cookie):
    tab = app.test_client()
    tab.set_cookie(ACCESS, cookie)
    return tab


def test_a_fresh_token_is_left_alone(client, alice):
    alice.sign_in(client)
    assert cookies_set(client.get("/dashboard")) == []


def test_an_expired_token_is_renewed_and_the_request_carries_on(time, client, alice):
    opened = alice.sign_in(client)
    before = client.get_cookie(ACCESS).value
    time.pass_(minutes=31)
    answer = client.get("/dashboard")
    assert answer.status_code == 200
    assert cookies_set(answer) == [ACCESS, "jobfair_csrf"]
    assert client.get_cookie(ACCESS).value != before
    assert cookies_set(client.get("/dashboard")) == []
    assert db.session.get(SignIn, opened.sign_in_id).expires_at > opened.expires_at


def test_somebody_who_comes_back_each_day_stays_signed_in(time, client, alice):
    alice.sign_in(client)
    for _day in range(5):
        time.pass_(hours=20)
        assert client.get("/dashboard").status_code == 200


def test_after_a_day_of_absence_the_sign_in_is_over(time, client, alice):
    alice.sign_in(client)
    time.pass_(hours=24, seconds=1)
    assert client.get("/dashboard").location == "/login?next=/dashboard"


def test_a_form_sent_after_a_long_pause_is_not_lost(time, client, alice):
    opened = alice.sign_in(client)
    page = client.get("/companies").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    time.pass_(hours=8)
    sent = client.post("/status/pause", data={"csrf_token": token})
    assert (sent.status_code, sent.location) == (303, "/dashboard")
    assert sign_ins.session(opened.sign_in_id)


def test_three_tabs_that_wake_together_do_not_fight(time, app, client, alice):
    alice.sign_in(client)
    old = client.get_cookie(ACCESS).value
    time.pass_(hours=2)
    tabs = [open_tab(app, old) for _ in range(3)]
    with ThreadPoolExecutor(3) as together:
        answers = together.map(lambda tab: tab.get("/dashboard").status_code, tabs)
    assert list(answers) == [200, 200, 200]
    renewed = {tab.get_cookie(ACCESS).value for tab in tabs}
    assert len(renewed) == 3
    for cookie in (*renewed, old):
        assert open_tab(app, cookie).get("/dashboard").status_code == 200


def test_a_sign_in_that_was_ended_is_refused_at_once(client, alice):
    opened = alice.sign_in(client)
    assert client.get("/dashboard").status_code == 200
    sign_ins.end(alice.actor, alice.user_id, opened.sign_in_id)
    assert client.get("/dashboard").location == "/login?next=/dashboard"
    assert client.get("/api/auth/me/").status_code == 401


def test_a_deactivated_student_is_out_at_once(client, alice):
    alice.sign_in(client)
    students.set_active(actors.admin(1), alice.student_id, False)
    assert client.get("/dashboard").location == "/login?next=/dashboard"


def test_a_new_password_signs_the_other_devices_out(app, client, alice):
    alice.sign_in(client)
    other = app.test_client()
    alice.sign_in(other)
    accounts.set_password(actors.SYSTEM, alice.user_id, "a new password")
    assert client.get("/dashboard").status_code == 303
    assert other.get("/dashboard").status_code == 303


def test_a_page_for_students_is_not_for_admins_nor_for_nobody(client, app):
    factories.admin().sign_in(client)
    assert client.get("/dashboard").status_code == 403
    assert app.test_client().get("/dashboard").status_code == 303


@pytest.mark.parametrize(
    "cookie", ["", "x", "a.b.c", "é", "a" * 4000, "..", "eyJhbGciOiJub25lIn0.e30."]
)
def test_a_cookie_of_rubbish_is_nobodys(client, cookie):
    client.set_cookie(ACCESS, cookie)
    assert client.get("/dashboard").status_code == 303


def test_a_refresh_token_opens_no_page(app, client, alice):
    opened = sign_ins.open_for(alice.user_id, "")
    client.set_cookie(ACCESS, tokens.pair(opened)[1])
    assert client.get("/dashboard").status_code == 303


def test_a_token_signed_with_another_secret_opens_no_page(app, client, alice):
    app.config["JWT_SECRET_KEY"] = "another secret, as long as the first one was"
    alice.sign_in(client)
    app.config["JWT_SECRET_KEY"] = app.config["SECRET_KEY"]
    assert client.get("/dashboard").status_code == 303


def test_a_bearer_is_believed_before_a_cookie(app, client, alice):
    alice.sign_in(client)
    admin = factories.admin()
    assert client.get("/api/auth/me/", headers=admin.bearer()).json["role"] == "admin"
    assert (
        client.get("/api/auth/me/", headers={"Authorization": "Bearer rubbish"}).status_code == 401
    )


def test_a_deleted_account_is_out_at_once(client, alice):
    alice.sign_in(client)
    students.delete(actors.admin(1), alice.student_id, "Alice Martin")
    assert client.get("/dashboard").status_code == 303
