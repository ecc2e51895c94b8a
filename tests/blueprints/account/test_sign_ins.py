"""Where somebody is signed in, and ending it there."""

import pytest

from jobfair.queries.access import open_sign_ins
from jobfair.services.access import sign_ins
from tests.support import factories
from tests.support.browsing import Browser
from tests.support.factories import PASSWORD
from tests.support.organisers import Organiser

PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"


@pytest.fixture
def browser(client, alice):
    return Browser(client, alice)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (PHONE, "Firefox, Android"),
        (EDGE, "Edge, Windows"),
        (IPHONE, "Safari, iPhone"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_device_has_a_name_that_people_know(user_agent, name):
    assert open_sign_ins.name(user_agent) == name


def test_the_profile_lists_them_this_one_first(time, alice, browser):
    sign_ins.open_for(alice.user_id, PHONE)
    time.pass_(hours=1)
    sign_ins.open_for(alice.user_id, EDGE)
    sign_ins.end(alice.actor, alice.user_id, sign_ins.open_for(alice.user_id, IPHONE).sign_in_id)
    page = browser.get("/profile").text.partition('id="sign-ins-title"')[2]
    page = page.partition("</section>")[0]
    assert page.count("This device") == 1
    assert page.index("This device") < page.index("Edge, Windows") < page.index("Firefox, Android")
    assert "iPhone" not in page


def test_last_seen_is_when_it_was_last_renewed(time, alice):
    opened = sign_ins.open_for(alice.user_id, PHONE)
    time.pass_(hours=3)
    sign_ins.renew(opened.sign_in_id)
    (sign_in,) = open_sign_ins.of_user(alice.user_id, 0)
    assert (sign_in.seen_at - sign_in.since).total_seconds() == pytest.approx(3 * 3600, abs=60)


def test_one_is_ended(alice, browser):
    phone = sign_ins.open_for(alice.user_id, PHONE).sign_in_id
    desk = sign_ins.open_for(alice.user_id, EDGE).sign_in_id
    assert browser.post(f"/account/sign-ins/{phone}/end").location == "/profile#sign-ins-title"
    assert sign_ins.session(phone) is None
    assert sign_ins.session(desk)
    assert sign_ins.session(browser.sign_in_id)


def test_all_the_others_are_ended(alice, browser):
    others = [sign_ins.open_for(alice.user_id, PHONE).sign_in_id for _ in range(3)]
    browser.post("/account/sign-ins/end-others")
    assert [sign_ins.session(each) for each in others] == [None] * 3
    assert sign_ins.session(browser.sign_in_id)


def test_nobody_ends_anothers(client, browser):
    bobs = sign_ins.open_for(factories.student("Bob").user_id, PHONE).sign_in_id
    browser.post(f"/account/sign-ins/{bobs}/end")
    assert sign_ins.session(bobs)
    stranger = client.application.test_client()
    assert stranger.post(f"/account/sign-ins/{bobs}/end").location.startswith("/login")
    assert sign_ins.session(bobs)


def test_an_organiser_has_a_page_of_their_own(client):
    admin = factories.admin()
    phone = sign_ins.open_for(admin.user_id, PHONE).sign_in_id
    organiser = Organiser(client)
    assert "Firefox, Android" in organiser.get("/admin/account").text
    answer = organiser.post(f"/account/sign-ins/{phone}/end")
    assert answer.location == "/admin/account#sign-ins-title"
    assert sign_ins.session(phone) is None


def test_an_organiser_changes_their_password_which_ends_the_rest(client):
    admin = factories.admin()
    phone = sign_ins.open_for(admin.user_id, PHONE).sign_in_id
    organiser = Organiser(client)
    form = {"current_password": "wrong", "new_password": "another good one"}
    refused = organiser.post("/admin/account/password", **form)
    assert refused.status_code == 400
    assert "This is not your current password" in refused.text
    form["current_password"] = PASSWORD
    organiser.follow(organiser.post("/admin/account/password", **form))
    assert sign_ins.session(phone) is None


def test_through_json(client, alice):
    headers = alice.bearer()
    phone = sign_ins.open_for(alice.user_id, PHONE).sign_in_id
    here, there = client.get("/api/auth/devices/", headers=headers).json
    assert (here["current"], there["current"]) == (True, False)
    assert (there["id"], there["name"]) == (phone, "Firefox, Android")
    assert there["last_seen_at"].endswith("Z")
    assert client.delete(f"/api/auth/devices/{phone}/", headers=headers).status_code == 204
    assert sign_ins.session(phone) is None
    desk = sign_ins.open_for(alice.user_id, EDGE).sign_in_id
    assert client.delete("/api/auth/devices/", headers=headers).status_code == 204
    assert sign_ins.session(desk) is None
    assert client.get("/api/auth/devices/").status_code == 401
