"""A forgotten password: the same answer for everybody, and a mail to whom it concerns."""

import re

import pytest
from sqlalchemy import select

from jobfair.extensions import db
from jobfair.models import Invitation
from jobfair.services.access import invitations, sign_ins
from jobfair.services.students import students
from jobfair.unit_of_work.actors import SYSTEM
from tests.support import factories
from tests.support.waiting import wait_until

ENGLISH = {"Accept-Language": "en"}
NEW = "a new passphrase"


@pytest.fixture
def config(mail_settings):
    return mail_settings


def asked(client, address, **headers):
    return client.post("/forgotten", data={"email": address}, headers={**ENGLISH, **headers})


def link_in(mail):
    return re.search(r"https://fair\.example(/welcome/\S+)", mail.get_content())[1]


def test_the_answer_tells_nobody_who_has_an_account(client, alice, mailbox):
    known, unknown = asked(client, alice.email), asked(client, "nobody@example.org")
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert known.text.partition("<main")[2] == unknown.text.partition("<main")[2]
    wait_until(lambda: mailbox, "the mail")
    assert [each["To"] for each in mailbox] == [alice.email]


def test_the_account_is_looked_for_after_the_answer(client, alice, mailbox, monkeypatch):
    """What takes a different time for the two happens in no request."""
    looked = []
    monkeypatch.setattr(invitations, "invite_back", looked.append)
    monkeypatch.setattr(
        "jobfair.blueprints.account.password_reset.Thread.start", lambda thread: None
    )
    asked(client, alice.email)
    assert looked == []


def test_the_link_opens_once_and_ends_every_sign_in(client, alice, mailbox):
    phone = sign_ins.open_for(alice.user_id, "a phone").sign_in_id
    asked(client, f" {alice.email.upper()} ")
    wait_until(lambda: mailbox, "the mail")
    path = link_in(mailbox[0])
    assert client.get(path).status_code == 200
    assert client.post(path, data={"password": NEW}).status_code == 303
    assert sign_ins.session(phone) is None
    assert client.get(path, headers=ENGLISH).status_code == 410
    opened = sign_ins.sign_in(alice.email, NEW, "")
    assert opened.user_id == alice.user_id


def test_after_an_hour_it_is_over(client, alice, time):
    token = invitations.invite_back(alice.email).token
    time.pass_(minutes=59)
    assert client.get(f"/welcome/{token}").status_code == 200
    time.pass_(minutes=2)
    assert client.get(f"/welcome/{token}").status_code == 410


def test_only_a_digest_is_kept(alice):
    token = invitations.invite_back(alice.email).token
    kept = db.session.execute(select(Invitation.digest)).scalar_one()
    assert token not in kept
    db.session.close()


def test_asking_in_anothers_name_ends_no_link_of_theirs(client, alice):
    own = invitations.invite(SYSTEM, [alice.student_id])[alice.student_id]
    invitations.invite_back(alice.email)
    assert client.get(f"/welcome/{own}").status_code == 200


def test_somebody_who_is_deactivated_or_organises_gets_none(alice):
    students.set_active(SYSTEM, alice.student_id, active=False)
    assert invitations.invite_back(alice.email) is None
    assert invitations.invite_back(factories.admin().email) is None


@pytest.mark.parametrize(
    ("language", "subject"),
    [("fr", "Choisissez un nouveau mot de passe"), ("en", "Choose a new password")],
)
def test_the_mail_speaks_the_language_of_the_page(client, alice, mailbox, language, subject):
    asked(client, alice.email, **{"Accept-Language": language})
    wait_until(lambda: mailbox, "the mail")
    assert mailbox[0]["Subject"] == subject


def test_an_invented_host_does_not_get_into_the_mail(client, alice, mailbox):
    asked(client, alice.email, Host="evil.example")
    wait_until(lambda: mailbox, "the mail")
    assert "evil.example" not in mailbox[0].as_string()


def test_a_bad_address_is_said_and_kept(client):
    page = asked(client, "not an address")
    assert page.status_code == 400
    assert 'value="not an address"' in page.text


class TestTooOften:
    @pytest.fixture
    def config(self, config):
        return {**config, "RATELIMIT_ENABLED": True, "SMTP_URL": ""}

    @pytest.mark.parametrize("address", ["alice@example.org", "nobody@example.org"])
    def test_after_five_links_there_is_a_pause_account_or_not(self, client, address):
        factories.student("Alice", email="alice@example.org")
        assert [asked(client, address).status_code for _ in range(5)] == [200] * 5
        refused = asked(client, address)
        assert refused.status_code == 429
        assert refused.headers["Retry-After"]
        assert asked(client, "bob@example.org").status_code == 200


class TestWithoutMail:
    @pytest.fixture
    def config(self):
        return {}

    def test_the_page_says_that_the_desk_helps(self, client):
        page = client.get("/forgotten", headers=ENGLISH)
        assert "The organisers' desk helps" in page.text.replace("&#39;", "'")
        assert 'name="email"' not in page.text
        assert 'href="/forgotten"' in client.get("/login").text
