"""Each server has its turn in a thread of its own, in every worker."""

import pytest
from sqlalchemy import select

from jobfair.extensions import db
from jobfair.models import Webhook
from jobfair.queries.admin import webhooks as known
from jobfair.server.webhook_loop import Turns
from jobfair.services import webhooks
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from jobfair.web_push import endpoints
from jobfair.webhooks import sender
from tests.support import factories
from tests.support.waiting import wait_until
from tests.support.webhook_receiver import Receiver

EVENTS = ["interview_started", "interview_completed"]


@pytest.fixture
def app(app_of_its_own):
    return app_of_its_own


@pytest.fixture
def receivers(app):
    """A server that is asleep, and one that is not; both are to be told."""
    both = Receiver(), Receiver()
    for each in both:
        webhooks.make(actors.SYSTEM, each.url, EVENTS)
    both[0].awake.clear()
    yield both
    for each in both:
        each.close()


@pytest.fixture
def turns(app):
    connections = endpoints.connections(anywhere=True, at_once=2)
    yield Turns(app, connections)
    wait_until(lambda: not claimed(), "each turn is over")
    connections.clear()


def claimed():
    """Whether some server is in its turn."""
    query = select(Webhook.id).where(Webhook.claimed_until.is_not(None))
    with db.engine.connect() as connection:
        return connection.execute(query).all()


def met(count):
    company_id = factories.company("Acme")
    for number in range(count):
        entry_id = factories.interview(factories.student(f"S{number}"), company_id)
        interviews.complete(actors.company(company_id), entry_id)


def test_a_server_that_answers_slowly_delays_no_other(receivers, turns):
    asleep, awake = receivers
    met(3)

    def is_told():
        turns.look()
        return len(awake.got) == 6

    wait_until(is_told, "the other is told all")
    assert (asleep.asked, asleep.got) == (1, [])
    assert awake.ids() == sorted(awake.ids(), key=lambda each: int(each.split("_")[1]))
    asleep.awake.set()
    wait_until(lambda: turns.look() or len(asleep.got) == 6, "it is told, once it answers")
    assert asleep.events() == awake.events()
    assert [each.failures for each in known.servers()] == [0, 0]


def test_what_a_turn_raises_is_raised_by_the_loop_and_costs_the_others_nothing(
    receivers, turns, monkeypatch, time
):
    asleep, awake = receivers
    asleep.awake.set()
    met(1)
    tell = sender.tell

    def tell_all_but_one(target, connections):
        if target.url == asleep.url:
            raise ZeroDivisionError
        tell(target, connections)

    monkeypatch.setattr(sender, "tell", tell_all_but_one)
    with pytest.raises(ZeroDivisionError):
        wait_until(lambda: turns.look(), "the error is said")
    wait_until(lambda: len(awake.got) == 2, "the other is told")
    monkeypatch.setattr(sender, "tell", tell)
    time.pass_(seconds=31)
    wait_until(lambda: turns.look() or len(asleep.got) == 2, "it is told, once the claim is over")
