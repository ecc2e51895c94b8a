"""A browser of another front end asks to be called while no page is open."""

import pytest
from sqlalchemy import select

from jobfair.extensions import db
from jobfair.models import PushSubscription
from tests.support.programs import Program, wrong_fields
from tests.support.push_service import FakeBrowser

BROWSERS = "/api/students/me/push_subscriptions/"


@pytest.fixture
def as_alice(client, alice):
    return Program(client, alice)


def kept():
    with db.engine.connect() as connection:
        return list(connection.execute(select(PushSubscription.endpoint)).scalars())


def test_a_browser_subscribes_and_is_left_alone(as_alice, client, bob):
    browser = FakeBrowser("https://push.services.mozilla.com", "phone")
    assert len(as_alice.get(f"{BROWSERS}key/").json["key"]) == 87
    assert as_alice.put(BROWSERS, browser.form).status_code == 204
    assert kept() == [browser.endpoint]
    removal = {"endpoint": browser.endpoint}
    assert Program(client, bob).delete(BROWSERS, json=removal).status_code == 204
    assert kept() == [browser.endpoint]
    assert as_alice.delete(BROWSERS, json=removal).status_code == 204
    assert kept() == []


def test_pushes_go_to_push_services_alone(as_alice):
    elsewhere = FakeBrowser("https://10.0.0.1", "phone")
    assert wrong_fields(as_alice.put(BROWSERS, elsewhere.form)) == {"endpoint"}
    assert kept() == []
