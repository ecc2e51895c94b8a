"""Who sends which push: taken once, taken over when its sender says nothing, forgotten in time."""

from contextvars import Context
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from jobfair import clock
from jobfair.extensions import db
from jobfair.feed import journal
from jobfair.models import PushSubscription
from jobfair.services.access import sign_ins
from jobfair.services.companies import companies
from jobfair.unit_of_work import actors
from jobfair.web_push import pushes, subscriptions
from jobfair.web_push.subscriptions import Browser
from tests.support import factories

RACERS = 4


@pytest.fixture
def app(app_on_both_databases):
    return app_on_both_databases


@pytest.fixture
def called(app):
    """Alice is called, on two browsers."""
    alice = factories.student("Alice")
    for name in ("phone", "laptop"):
        opened = sign_ins.open_for(alice.user_id, name)
        browser = Browser(f"https://push.example/{name}", "p", "a", "fr")
        subscriptions.subscribe(opened.sign_in_id, browser)
    factories.entry(alice, factories.company("TechCorp"))
    return alice


def rows():
    return journal.recent(clock.now() - timedelta(hours=1), pushes.KINDS)


def race(app, action):
    """What all that do the same at once get, together."""
    found, start = [], Barrier(RACERS)

    def run():
        with app.app_context():
            start.wait()
            found.extend(action())

    threads = [Thread(target=Context().run, args=(run,)) for _ in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_each_push_is_taken_by_one(app, called):
    told = rows()
    assert len(race(app, lambda: pushes.claim(told))) == 2
    assert pushes.claim(told) == []


def test_each_is_taken_over_by_one(app, called, time):
    pushes.claim(rows())
    assert race(app, pushes.reclaim) == []
    time.pass_(seconds=21)
    assert len(race(app, pushes.reclaim)) == 2


def test_what_is_sent_is_done_with(called, time):
    phone, laptop = pushes.claim(rows())
    pushes.sent(phone)
    pushes.later(laptop)
    time.pass_(seconds=21)
    assert [each.endpoint for each in pushes.reclaim()] == [laptop.endpoint]


def test_the_end_goes_to_whom_the_call_has_reached(called, time):
    phone, laptop = pushes.claim(rows())
    pushes.sent(phone)
    pushes.refused(laptop)
    companies.pause_all(actors.SYSTEM)
    assert [each.endpoint for each in pushes.claim(rows())] == [phone.endpoint]


def test_who_is_gone_is_forgotten(called):
    phone, laptop = pushes.claim(rows())
    pushes.gone(phone)
    with db.engine.connect() as connection:
        assert connection.execute(select(PushSubscription.endpoint)).scalars().all() == [
            laptop.endpoint
        ]


def test_one_browser_has_one_owner(called):
    bob = factories.student("Bob")
    opened = sign_ins.open_for(bob.user_id, "phone")
    again = Browser("https://push.example/phone", "p", "a", "en")
    subscriptions.subscribe(opened.sign_in_id, again)
    subscriptions.subscribe(opened.sign_in_id, again)
    assert [each.endpoint for each in pushes.claim(rows())] == ["https://push.example/laptop"]
    subscriptions.unsubscribe(called.user_id, again.endpoint)
    with db.engine.connect() as connection:
        assert len(connection.execute(select(PushSubscription.id)).all()) == 2
