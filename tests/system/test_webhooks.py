"""Servers that are told of events by two workers on PostgreSQL: each event once, in its order."""

import os
import signal

import pytest

from jobfair.services import webhooks
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.waiting import wait_until
from tests.support.webhook_receiver import Receiver

EVENTS = ["interview_started", "interview_completed"]
TOLD, STUDENTS = 3, 20


@pytest.fixture(scope="module")
def fair(serve):
    return serve("postgresql", JOBFAIR_PUSH_ANYWHERE="true")


@pytest.fixture
def receivers(fair):
    """Servers that are told, and one that does not answer."""
    every = [Receiver() for _ in range(TOLD + 1)]
    with fair.inside():
        made = [webhooks.make(actors.SYSTEM, each.url, EVENTS).id for each in every]
    every[-1].awake.clear()
    yield every
    for each in every:
        each.close()
    with fair.inside():
        for each in made:
            webhooks.remove(actors.SYSTEM, each)


def places(receiver):
    """Where in the journal that which it was told of stands, as it came."""
    return [tuple(map(int, each.split("_")[1:3])) for each in receiver.ids()]


def met(fair):
    """Interviews, one after the other, while servers are told."""
    company = fair.company(slots=STUDENTS)
    with fair.inside():
        for number in range(STUDENTS):
            entry = factories.interview(factories.student(f"S{number}"), company)
            interviews.complete(actors.company(company), entry)


def test_two_workers_tell_each_server_of_each_event_once_and_in_order(fair, receivers):
    *told, asleep = receivers
    met(fair)
    wait_until(lambda: all(len(each.got) >= 2 * STUDENTS for each in told), "all are told")
    for each in told:
        assert places(each) == sorted(set(places(each)))
        assert [event["type"] for event in each.events()] == EVENTS * STUDENTS
    assert asleep.got == []


def test_what_a_killed_worker_was_sending_is_sent_by_the_other(fair, receivers):
    """The same event perhaps twice, and nothing else out of its order."""
    met(fair)
    wait_until(lambda: receivers[0].got, "the first is told of something")
    os.kill(fair.server.workers()[0], signal.SIGKILL)
    for each in receivers[:-1]:
        wait_until(lambda each=each: len(set(each.ids())) == 2 * STUDENTS, "it is told of all")
        first_times = list(dict.fromkeys(places(each)))
        assert first_times == sorted(first_times)
        assert len(each.got) <= 2 * STUDENTS + 1
