"""What another site's page makes a browser send is refused."""

import hmac

import pytest

from jobfair.services.access import invitations
from jobfair.unit_of_work import actors
from jobfair.web.security.browsers import csrf
from tests.support import factories
from tests.support.factories import PASSWORD


@pytest.fixture
def token(client, alice):
    return csrf.token(alice.sign_in(client).sign_in_id)


def pause(client, headers=None, **form):
    return client.post("/status/pause", data=form, headers=headers)


def test_a_form_of_ours_is_taken(client, token):
    assert f'name="csrf_token" value="{token}"' in client.get("/dashboard").text
    assert pause(client, csrf_token=token).status_code == 303


def test_a_script_may_send_the_cookies_token_as_a_header(client, token):
    assert pause(client, {"X-CSRF-Token": token}).status_code == 303


@pytest.mark.parametrize("wrong", ["", "x", "é", "0" * 64, "\x00"])
def test_without_its_token_nothing_changes(client, token, wrong):
    refused = pause(client, csrf_token=wrong)
    assert refused.status_code == 403
    assert 'href="/"' in refused.text
    assert pause(client).status_code == 403
    assert pause(client, csrf_token=token).status_code == 303


def test_a_token_is_compared_in_the_same_time_however_much_of_it_is_right(
    client, token, monkeypatch
):
    compared, compare = [], hmac.compare_digest
    monkeypatch.setattr(
        hmac, "compare_digest", lambda *given: compared.extend(given) or compare(*given)
    )
    assert pause(client, csrf_token=token[:-1] + "x").status_code == 403
    assert token.encode() in compared


def test_the_token_of_another_sign_in_is_no_good(app, client, token, alice):
    other = app.test_client()
    alice.sign_in(other)
    assert pause(other, csrf_token=token).status_code == 403


def test_a_page_open_all_day_may_still_post(time, client, token):
    time.pass_(hours=9)
    assert f'value="{token}"' in client.get("/dashboard").text
    assert pause(client, csrf_token=token).status_code == 303


def test_in_json_the_refusal_is_json(client, token):
    refused = client.post("/api/anything", json={})
    assert (refused.status_code, refused.json["code"]) == (403, "csrf")


def test_in_an_open_page_the_refusal_is_a_toast(client, token):
    refused = pause(client, {"Accept": "text/vnd.jobfair.fragments+html"})
    assert refused.status_code == 403
    assert refused.mimetype == "text/vnd.jobfair.fragments+html"
    assert '<hx-partial hx-target="#toasts"' in refused.text


def test_a_bearer_needs_no_token(client, alice):
    assert pause(client, alice.bearer()).status_code == 303


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://[bad"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
]
OWN = [
    {"Origin": "http://localhost"},
    {"Origin": "https://localhost:8443"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://proxy.example"},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_no_other_site_signs_somebody_in_or_acts_for_them(client, alice, headers):
    form = {"email": alice.email, "password": PASSWORD}
    assert client.post("/login", data=form, headers=headers).status_code == 403
    token = csrf.token(alice.sign_in(client).sign_in_id)
    assert pause(client, headers, csrf_token=token).status_code == 403


@pytest.mark.parametrize("headers", FOREIGN)
def test_no_other_site_signs_somebody_in_by_its_own_link(client, alice, headers):
    """Somebody who thinks they are themselves would queue, and write, as somebody else."""
    token = invitations.invite(actors.admin(1), [alice.student_id])[alice.student_id]
    address, form = f"/welcome/{token}", {"password": "swordfish lane"}
    refused = client.post(address, data=form, headers=headers)
    assert refused.status_code == 403
    assert client.get_cookie("jobfair_access") is None
    assert client.post(address, data=form, headers=OWN[0]).status_code == 303


@pytest.mark.parametrize("headers", FOREIGN)
def test_no_other_site_acts_for_a_stand(client, headers):
    address = f"/company/{factories.token(factories.company())}/pause"
    assert client.post(address, headers=headers).status_code == 403
    assert client.post(address, headers=OWN[0]).status_code == 303


@pytest.mark.parametrize("headers", OWN)
def test_our_own_pages_may(client, alice, headers):
    form = {"email": alice.email, "password": PASSWORD}
    assert client.post("/login", data=form, headers=headers).status_code == 303


def test_a_sign_in_form_left_open_in_another_tab_still_works(client, token, alice):
    form = {"email": alice.email, "password": PASSWORD}
    assert client.post("/login", data=form).status_code == 303


def test_an_address_typed_in_needs_nothing(client, token):
    assert client.get("/dashboard", headers={"Sec-Fetch-Site": "none"}).status_code == 200
    assert client.get("/dashboard", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_stands_link_is_its_own_proof(client, token):
    """Somebody who looks after a stand may be signed in beside it."""
    unknown = client.post("/company/unknown/pause")
    assert unknown.status_code == 404
    assert "csrf_token" not in unknown.text
