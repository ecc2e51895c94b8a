"""Signing in with the school's account, and all that must not sign anybody in."""

import re
import time as wall
from html import unescape
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from jobfair import clock
from jobfair.domain.signing_up import SignUp
from jobfair.extensions import db
from jobfair.models import (
    Entry,
    Fair,
    Outcome,
    Role,
    SchoolAccount,
    SecurityLogRow,
    SignIn,
    Student,
    User,
)
from jobfair.security import openid
from jobfair.security.hashing import passwords
from jobfair.services.access import invitations
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web.security import traces
from tests.support import codes, factories
from tests.support.factories import PASSWORD
from tests.support.school_provider import settings as at

ENGLISH = {"Accept-Language": "en"}
ZOE = {
    "given_name": "Zoé",
    "family_name": "Martin",
    "email": "Zoe@univ.example",
    "email_verified": True,
}


@pytest.fixture
def config(provider):
    return at(provider)


@pytest.fixture
def zoe(provider, app):
    provider.knows(**ZOE)


def begin(client, **form):
    """The address at the provider to which a tap on the button leads."""
    answer = client.post("/login/school", data=form, headers=ENGLISH)
    assert answer.status_code == 200, answer.text
    return unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.text)[1])


def come_back(client, address):
    back = urlsplit(address)
    assert f"{back.scheme}://{back.netloc}" == "http://localhost"
    return client.get(f"{back.path}?{back.query}", headers=ENGLISH)


def sign_in(client, provider, subject="s-1", **form):
    return come_back(client, provider.sends_back(begin(client, **form), subject))


def sign_out(client):
    return client.post("/logout", data={"csrf_token": token(client.get("/profile").text)})


def token(page):
    return re.search(r'name="csrf_token" value="(\w+)"', page)[1]


def changed(address, **parts):
    """An address with other parts in its query, None for one left out."""
    split = urlsplit(address)
    query = {**dict(parse_qsl(split.query)), **parts}
    kept = {name: value for name, value in query.items() if value is not None}
    return split._replace(query=urlencode(kept)).geturl()


def is_in(client):
    return client.get("/").location is not None


def rows(*columns):
    with db.engine.connect() as connection:
        return [tuple(each) for each in connection.execute(select(*columns).order_by(columns[0]))]


def outcomes():
    return [outcome for _id, outcome in rows(SecurityLogRow.id, SecurityLogRow.outcome)]


def refused(answer, status, words):
    assert answer.status_code == status, answer.text
    assert words in unescape(answer.text)
    # A password still opens it, and what was tried is over.
    assert 'name="password"' in answer.text
    assert rows(SignIn.id) == []


# The way in


def test_the_first_sign_in_makes_the_student_from_what_the_school_says(client, provider, zoe):
    answer = sign_in(client, provider)
    assert (answer.status_code, answer.location) == (303, "/dashboard")
    assert is_in(client)
    assert rows(Student.first_name, Student.last_name) == [("Zoé", "Martin")]
    ((email, role, password, confirmed),) = rows(
        User.email, User.role, User.password_hash, User.address_confirmed_at
    )
    assert (email, role, password) == ("zoe@univ.example", Role.STUDENT, passwords.NONE)
    assert confirmed is not None
    assert outcomes() == [Outcome.SCHOOL_LINKED, Outcome.SIGNED_IN]


def test_later_ones_find_it_whatever_becomes_of_the_address(app, client, provider, zoe):
    sign_in(client, provider)
    sign_out(client)
    provider.knows(email="other@univ.example", email_verified=False)
    assert sign_in(app.test_client(), provider).status_code == 303
    assert rows(User.email) == [("zoe@univ.example",)]


def test_the_button_stands_above_the_form_and_only_where_there_is_a_school(app, client):
    page = unescape(client.get("/login", headers=ENGLISH).text)
    assert page.index("Sign in with the school's account") < page.index('name="password"')
    app.config["OIDC_NAME"] = "Compte Univ"
    assert "Sign in with Compte Univ" in client.get("/login", headers=ENGLISH).text
    app.config["OIDC_ISSUER"] = ""
    assert "Compte Univ" not in client.get("/login").text
    for method, path in (("POST", ""), ("GET", "/callback"), ("GET", "/name"), ("POST", "/name")):
        assert client.open(f"/login/school{path}", method=method).status_code == 404


def test_it_leads_back_to_where_they_were(client, provider, zoe):
    assert sign_in(client, provider, next="/profile").location == "/profile"


def test_who_comes_by_a_poster_joins_in_one_go(client, provider, zoe):
    company_id = factories.company("Acme")
    page = client.get(f"/login?join={company_id}").text
    assert page.count(f'name="join" value="{company_id}"') == 2
    sign_in(client, provider, join=company_id, next=f"/companies/{company_id}")
    assert rows(Entry.company_id) == [(company_id,)]


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/admin/"])
def test_it_leads_nowhere_else(client, provider, zoe, wanted):
    assert sign_in(client, provider, next=wanted).location == "/dashboard"


def test_an_imported_student_is_found_by_the_verified_address(client, provider, zoe):
    known = factories.student("Zoé", "M.", email="zoe@univ.example")
    db.session.execute(update(User).values(password_hash=passwords.NONE))
    db.session.commit()
    assert sign_in(client, provider).status_code == 303
    assert rows(SchoolAccount.user_id) == [(known.user_id,)]
    assert rows(Student.last_name) == [("M.",)]


def test_who_registered_with_an_address_not_theirs_is_out_once_its_owner_comes(
    app, client, provider, zoe
):
    """Nobody lies in wait: the password goes that was made before the address was proved."""
    squatter = factories.student("Mallory", email="zoe@univ.example")
    db.session.execute(update(User).values(address_confirmed_at=None))
    db.session.commit()
    lying_in_wait = app.test_client()
    squatter.sign_in(lying_in_wait)
    (link,) = invitations.invite(actors.SYSTEM, [squatter.student_id]).values()
    answer = sign_in(client, provider)

    assert (
        "password that this account had is over"
        in client.get(answer.location, headers=ENGLISH).text
    )
    assert not is_in(lying_in_wait)
    tried = {"email": "zoe@univ.example", "password": PASSWORD}
    assert app.test_client().post("/login", data=tried).status_code == 401
    assert app.test_client().get(f"/welcome/{link}").status_code == 410


def test_a_proved_address_keeps_its_password(app, client, provider, zoe):
    factories.student("Zoé", email="zoe@univ.example")
    sign_in(client, provider)
    tried = {"email": "zoe@univ.example", "password": PASSWORD}
    assert app.test_client().post("/login", data=tried).status_code == 303


def test_an_issued_password_keeps_nobody_out_who_comes_from_the_school(client, provider, zoe):
    boss = factories.admin()
    new = students.NewStudent("zoe@univ.example", PASSWORD, "Zoé", "Martin")
    students.create(boss.actor, new)
    assert sign_in(client, provider).location == "/dashboard"
    assert client.get("/dashboard").status_code == 200


def test_names_that_the_school_does_not_say_are_asked_for(client, provider):
    provider.knows(email="ana@univ.example", email_verified=True)
    answer = sign_in(client, provider, next="/profile")
    assert answer.location == "/login/school/name"
    assert not is_in(client)
    again = client.post(answer.location, data={"first_name": "Ana", "last_name": " "})
    assert again.status_code == 400
    assert 'value="Ana"' in again.text
    done = client.post(answer.location, data={"first_name": "Ana", "last_name": "Lima"})
    assert (done.status_code, done.location) == (303, "/profile")
    assert rows(Student.first_name, Student.last_name) == [("Ana", "Lima")]
    # What was kept for it opens nothing any more.
    sign_out(client)
    assert client.get("/login/school/name").status_code == 400


def test_one_name_is_told_apart(client, provider):
    provider.knows(name="Ana de Lima", email="ana@univ.example", email_verified="true")
    assert sign_in(client, provider).status_code == 303
    assert rows(Student.first_name, Student.last_name) == [("Ana", "de Lima")]


def test_what_the_token_does_not_say_is_asked_for(client, provider):
    provider.knows()
    provider.userinfo = {"sub": "s-1", **ZOE}
    assert sign_in(client, provider).status_code == 303
    assert rows(Student.first_name) == [("Zoé",)]


# Who may


@pytest.mark.parametrize("mode", [SignUp.OPEN, SignUp.CODE, SignUp.DOMAINS])
def test_an_account_of_the_school_is_the_schools(client, provider, zoe, mode):
    set_mode(mode)
    assert sign_in(client, provider).status_code == 303


def test_where_only_invited_people_take_part_only_they_are_found(app, client, provider, zoe):
    set_mode(SignUp.INVITED)
    refused(sign_in(client, provider), 400, "Only invited people take part")
    assert rows(User.id) == []
    set_mode(SignUp.OPEN)
    factories.student("Zoé", email="zoe@univ.example")
    set_mode(SignUp.INVITED)
    assert sign_in(client, provider).status_code == 303


def set_mode(mode):
    db.session.execute(update(Fair).values(sign_up=mode, sign_up_word="piano-42"))
    db.session.commit()


@pytest.mark.parametrize("verified", [False, None, "yes", 1.5])
def test_an_address_that_is_not_verified_finds_nobody_and_makes_nobody(client, provider, verified):
    factories.student("Zoé", email="zoe@univ.example")
    provider.knows(**{**ZOE, "email_verified": verified})
    refused(sign_in(client, provider), 403, "does not vouch for an e-mail address")
    assert rows(SchoolAccount.user_id) == []


def test_another_person_with_a_reused_address_gets_no_account(app, client, provider, zoe):
    sign_in(client, provider)
    sign_out(client)
    provider.knows("s-2", **ZOE)
    other = app.test_client()
    answer = sign_in(other, provider, "s-2")
    assert answer.status_code == 403
    assert "belongs to another account of the school" in answer.text
    assert not is_in(other)
    assert rows(SchoolAccount.subject) == [("s-1",)]


def test_a_deactivated_account_stays_so(client, provider, zoe):
    sign_in(client, provider)
    (student_id,) = rows(Student.id)[0]
    students.set_active(factories.admin().actor, student_id, active=False)
    answer = sign_in(client, provider)
    assert (answer.status_code, "deactivated" in answer.text) == (401, True)
    assert not is_in(client)
    assert outcomes()[-1] is Outcome.INACTIVE


ORGANISERS = {"OIDC_ORGANISER_CLAIM": "groups=jobfair"}


def test_no_address_opens_an_organisers_account(client, provider):
    factories.admin("boss@univ.example")
    provider.knows(**{**ZOE, "email": "boss@univ.example"}, groups=["jobfair"])
    refused(sign_in(client, provider), 403, "an organiser's, who signs in with the password")
    assert outcomes() == [Outcome.SCHOOL_REFUSED]


@pytest.mark.parametrize("groups", ["jobfair", ["staff", "jobfair"]])
def test_organisers_are_made_by_a_claim(app, client, provider, groups):
    app.config |= ORGANISERS
    provider.knows(**ZOE, groups=groups)
    assert sign_in(client, provider).location == "/admin/"
    assert rows(User.role) == [(Role.ADMIN,)]
    assert rows(Student.id) == []


@pytest.mark.parametrize("groups", [None, "jobfairs", ["staff"], {"jobfair": True}, True])
def test_without_the_claims_value_nobody_is_one(app, client, provider, groups):
    app.config |= ORGANISERS
    provider.knows(**ZOE, groups=groups)
    assert sign_in(client, provider).location == "/dashboard"
    assert rows(User.role) == [(Role.STUDENT,)]


def test_a_second_factor_is_asked_for_all_the_same(app, client, provider):
    app.config |= ORGANISERS
    phone = codes.set_up(factories.admin("zoe@univ.example"))
    provider.knows(**ZOE, groups="jobfair")
    answer = sign_in(client, provider, next="/admin/companies")
    assert answer.location.startswith("/login/code")
    assert not is_in(client)
    done = client.post(answer.location, data={"code": phone.code()})
    assert (done.location, is_in(client)) == ("/admin/companies", True)


def test_who_has_lost_the_claim_is_out(app, client, provider):
    app.config |= ORGANISERS
    factories.admin("zoe@univ.example")
    provider.knows(**ZOE, groups="jobfair")
    assert sign_in(client, provider).location == "/admin/"
    provider.knows(**ZOE, groups="alumni")
    other = app.test_client()
    assert sign_in(other, provider).status_code == 403
    assert not is_in(other)


# What must not sign anybody in


def test_consent_denied_is_said(client, provider, zoe, caplog):
    address = begin(client)
    (state,) = parse_qs(urlsplit(address).query)["state"]
    # It forgets the state, which it has to send back.
    answer = come_back(client, changed(provider.sends_back(address, action="deny"), state=state))
    refused(answer, 403, "You did not let the school's account sign you in")
    assert [each.outcome for each in caplog.records if each.message == traces.REFUSED] == [
        Outcome.SCHOOL_REFUSED
    ]
    assert outcomes() == [], "nobody could read it"


OVER = "was begun in another browser"


@pytest.mark.parametrize("state", [None, "", "another", "é"])
def test_an_answer_without_this_browsers_state_is_refused(client, provider, zoe, state):
    address = changed(provider.sends_back(begin(client)), state=state)
    refused(come_back(client, address), 400, OVER)
    assert "/oauth2/token" not in provider.requests


def test_nobody_is_signed_in_by_the_answer_of_another_browser(app, client, provider, zoe):
    """A stranger sends a link that would sign its reader in to the stranger's account."""
    strangers = provider.sends_back(begin(app.test_client()))
    refused(come_back(client, strangers), 400, OVER)
    begin(client)
    refused(come_back(client, strangers), 400, OVER)
    assert "/oauth2/token" not in provider.requests


def test_an_answer_counts_once(client, provider, zoe):
    address = provider.sends_back(begin(client))
    assert come_back(client, address).status_code == 303
    # Loaded again by who is in, nothing happens.
    assert come_back(client, address).location == "/dashboard"
    sign_out(client)
    assert come_back(client, address).status_code == 400
    assert not is_in(client)


def test_a_code_counts_once_even_with_its_cookie(app, client, provider, zoe):
    address = provider.sends_back(begin(client))
    thief = app.test_client()
    thief.set_cookie("jobfair_school", client.get_cookie("jobfair_school").value)
    assert come_back(client, address).status_code == 303
    answer = come_back(thief, address)
    assert (answer.status_code, is_in(thief)) == (403, False)


def test_an_attempt_lasts_ten_minutes(client, provider, zoe, monkeypatch):
    address = provider.sends_back(begin(client))
    later = wall.time() + 601
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    refused(come_back(client, address), 400, OVER)


def test_a_cookie_of_ones_own_making_is_none(client, provider, zoe):
    address = provider.sends_back(begin(client))
    good = client.get_cookie("jobfair_school").value
    client.set_cookie("jobfair_school", good[:-2] + ("AA" if good[-2:] != "AA" else "BB"))
    refused(come_back(client, address), 400, OVER)


def test_a_code_stolen_on_the_way_is_worth_nothing_without_the_verifier(app, client, provider, zoe):
    """The thief has an attempt of their own, and puts the code into its answer (RFC 7636)."""
    stolen = parse_qs(urlsplit(provider.sends_back(begin(app.test_client()))).query)["code"][0]
    own = begin(client)
    # The nonce would refuse it too, at a provider that takes it from where it should.
    provider.says = {"nonce": parse_qs(urlsplit(own).query)["nonce"][0]}
    address = changed(provider.sends_back(own, "s-9"), code=stolen)
    refused(come_back(client, address), 403, "does not prove who you are")


def test_the_way_there_says_what_it_has_to(client, provider, zoe):
    query = dict(parse_qsl(urlsplit(begin(client)).query))
    assert query["response_type"] == "code"
    assert query["code_challenge_method"] == "S256"
    assert query["scope"] == "openid profile email"
    assert query["redirect_uri"] == "http://localhost/login/school/callback"
    assert len({query["state"], query["nonce"], query["code_challenge"]}) == 3
    assert "prompt" not in query


NOT_PROVED = {
    "the nonce of another attempt": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "for another site": {"aud": "another"},
    "for another site, though we may use it": {"aud": "another", "azp": "jobfair"},
    "for several, and none of them authorised": {"aud": ["jobfair", "another"]},
    "for another, authorised": {"azp": "another"},
    "of another issuer": {"iss": "https://evil.example"},
    "over": {"exp": 1_700_000_000},
    "without an end": {"exp": None},
    "without a time": {"iat": None},
    "of nobody": {"sub": None},
    "of nobody in particular": {"sub": ""},
    "of what is no name": {"sub": 7},
    "of too long a name": {"sub": "s" * 256},
}


@pytest.mark.parametrize("said", NOT_PROVED.values(), ids=NOT_PROVED)
def test_a_token_that_is_not_for_this_proves_nothing(client, provider, zoe, said):
    provider.says = said
    refused(sign_in(client, provider), 403, "does not prove who you are")
    assert rows(User.id) == []


def test_a_token_by_another_key_proves_nothing(client, provider, zoe):
    provider.key = RSAKey.generate_key(2048, {"kid": "ours"})
    refused(sign_in(client, provider), 403, "does not prove who you are")


def test_a_key_that_the_provider_changed_to_is_asked_for(client, provider, zoe):
    sign_in(client, provider)
    sign_out(client)
    before = provider._key
    try:
        provider._key = RSAKey.generate_key(2048, {"kid": "ours", "use": "sig"})
        assert sign_in(client, provider).status_code == 303
    finally:
        provider._key = before


def test_what_is_asked_for_afterwards_is_about_the_same_person(client, provider):
    provider.knows()
    provider.userinfo = {"sub": "s-2", **ZOE}
    refused(sign_in(client, provider), 403, "does not prove who you are")


@pytest.mark.parametrize(("says_so", "iss"), [(True, None), (True, "evil"), (False, "evil")])
def test_an_answer_of_another_provider_is_refused_before_its_code_goes_anywhere(
    client, provider, zoe, says_so, iss
):
    """Issuer mix-up, RFC 9207."""
    provider.description = {"authorization_response_iss_parameter_supported": says_so}
    provider.iss = iss
    refused(sign_in(client, provider), 403, "does not prove who you are")
    assert "/oauth2/token" not in provider.requests


def test_the_right_issuer_in_the_answer_is_taken(client, provider, zoe):
    provider.description = {"authorization_response_iss_parameter_supported": True}
    provider.iss = provider.url
    assert sign_in(client, provider).status_code == 303


def test_a_provider_that_describes_another_one_is_not_believed(client, provider, zoe):
    provider.description = {"issuer": "https://evil.example"}
    refused(client.post("/login/school", headers=ENGLISH), 503, "does not answer")


def test_another_site_begins_nothing(client, provider, zoe):
    answer = client.post("/login/school", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert client.get("/login/school").status_code == 405


# The provider away


def test_a_provider_that_is_away_is_said_and_a_password_still_opens(app, client, provider):
    alice = factories.student("Alice")
    app.config["OIDC_ISSUER"] = "http://localhost:1"
    answer = client.post("/login/school", data={"next": "/profile"}, headers=ENGLISH)
    refused(answer, 503, "does not answer")
    assert 'value="/profile"' in answer.text
    done = client.post("/login", data={"email": alice.email, "password": PASSWORD})
    assert done.status_code == 303


def test_a_silent_one_is_waited_for_a_few_seconds_in_all(client, provider, zoe, monkeypatch):
    monkeypatch.setattr(openid, "PATIENCE_SECONDS", 0.5)
    address = provider.sends_back(begin(client))
    provider.silent = True
    began = wall.monotonic()
    refused(come_back(client, address), 503, "does not answer")
    assert wall.monotonic() - began < 4


def test_its_description_is_asked_for_once(app, client, provider, zoe):
    for _each in range(2):
        sign_in(app.test_client(), provider)
    assert provider.requests.count("/.well-known/openid-configuration") == 1
    assert provider.requests.count("/jwks") == 1


@pytest.mark.parametrize("body", [{"issuer": None}, {"token_endpoint": 5}, {"jwks_uri": "x"}])
def test_a_description_of_no_provider_is_a_sentence(client, provider, body):
    provider.description = body
    refused(client.post("/login/school", headers=ENGLISH), 503, "does not answer")


def test_an_error_of_the_providers_own_is_no_denial(client, provider, zoe):
    address = changed(provider.sends_back(begin(client)), code=None, error="server_error")
    refused(come_back(client, address), 503, "does not answer")


# Afterwards


def test_signing_out_says_that_the_schools_account_stays_open(client, provider, zoe):
    sign_in(client, provider)
    answer = sign_out(client)
    assert answer.location == "/login/school/signed-out"
    page = unescape(client.get(answer.location, headers=ENGLISH).text)
    assert f"{provider.url}/oauth2/end_session?client_id=jobfair" in page
    assert not is_in(client)


def test_who_came_by_a_password_signs_out_as_before(client, alice):
    alice.sign_in(client)
    assert sign_out(client).location == "/"


def test_without_a_password_a_new_sign_in_stands_for_it(client, provider, zoe, time):
    sign_in(client, provider)
    page = unescape(client.get("/profile/delete", headers=ENGLISH).text)
    assert "just signed in with the school's account" in page
    assert 'type="password"' not in page
    time.pass_(minutes=11)
    page = client.get("/profile/delete", headers=ENGLISH).text
    assert 'formaction="/login/school"' in page
    form = {"password": "none", "csrf_token": token(page)}
    answer = client.post("/profile/delete", data=form, headers=ENGLISH)
    assert answer.status_code == 403
    assert 'formaction="/login/school"' in answer.text
    again = sign_in(client, provider, next="/profile/delete", csrf_token=token(page))
    assert again.location == "/profile/delete"
    form = {"password": "none", "csrf_token": token(client.get("/profile/delete").text)}
    assert client.post("/profile/delete", data=form).location == "/"
    assert rows(User.id) == rows(SchoolAccount.user_id) == []


def test_signing_in_again_asks_for_the_schools_password(client, provider, zoe):
    sign_in(client, provider)
    address = begin(client, csrf_token=token(client.get("/profile").text))
    assert dict(parse_qsl(urlsplit(address).query))["prompt"] == "login"


def test_a_password_may_be_chosen_then(app, client, provider, zoe, time):
    sign_in(client, provider)
    page = client.get("/profile", headers=ENGLISH).text
    assert "Choose a password" in page
    form = {"current_password": "none", "new_password": PASSWORD, "csrf_token": token(page)}
    assert client.post("/profile/password", data=form).status_code == 303
    tried = {"email": "zoe@univ.example", "password": PASSWORD}
    assert app.test_client().post("/login", data=tried).status_code == 303
    # From then on it is asked for.
    again = client.post("/profile/password", data=form | {"new_password": "another word here"})
    assert again.status_code == 400


def test_it_is_in_the_copy_of_ones_data(client, provider, zoe):
    sign_in(client, provider)
    (kept,) = client.get("/profile/data").json["school_accounts"]
    assert (kept["issuer"], kept["subject"]) == (provider.url, "s-1")


def test_one_account_at_a_provider_for_each_user(app):
    alice = factories.student("Alice")
    row = {"issuer": "i", "user_id": alice.user_id, "linked_at": clock.now()}
    with pytest.raises(IntegrityError):
        db.session.execute(insert(SchoolAccount), [row | {"subject": each} for each in "ab"])
