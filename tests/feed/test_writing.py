"""Of all whom a change concerns, the student who is called by it is woken first, the crowd last."""

import math
from collections import defaultdict
from types import SimpleNamespace

import pytest

from jobfair.db.transactions import turn_to_write
from jobfair.feed import hub, writing
from jobfair.feed.subscriptions import Inbox
from jobfair.feed.viewer import Viewer
from jobfair.feed.writing import WritingLoop
from jobfair.services.queues import interviews
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.waiting import wait_until

SECONDS = 5


@pytest.fixture
def hub_of(app):
    """The hub, once its streams are open."""
    yield hub.current
    hub.current().stop()


def viewer(group, *topics, **more):
    return Viewer(group=group, topics=topics, allowed=lambda: True, **more)


def test_the_called_then_the_stands_then_the_crowd(app, hub_of, monkeypatch):
    acme = factories.company("Acme")
    alice, bob = factories.student("Alice"), factories.student("Bob")
    first, _ = factories.interview(alice, acme), factories.entry(bob, acme)
    here = hub_of()
    opened = [
        viewer("sender", "everything", patient=True),
        viewer("stand", f"company:{acme}", company_id=acme),
        viewer("somebody", f"company:{acme}", student_id=0),
        viewer("bob", f"student:{bob.student_id}", student_id=bob.student_id),
    ]
    for each in opened:
        here.listen(each)
    woken = defaultdict(float)

    def write(inbox, now):
        woken.setdefault(inbox.viewer.group, now)
        return math.inf

    monkeypatch.setattr(Inbox, "write", write)
    interviews.complete(actors.company(acme), first)
    wait_until(lambda: len(woken) == len(opened), "everybody is woken", SECONDS)
    order = sorted(woken, key=woken.get)
    assert order[:2] == ["bob", "stand"]
    assert set(order[2:]) == {"sender", "somebody"}


def test_the_patient_hear_of_it_too(app, hub_of):
    here = hub_of()
    patient = here.listen(viewer("sender", "everything", patient=True))
    factories.company("Acme")
    assert patient.wait(SECONDS)


@pytest.fixture
def crowd(monkeypatch):
    """A loop with somebody of the crowd to write to, and who has been written to."""
    monkeypatch.setattr(writing, "CROWD_PATIENCE_SECONDS", 0)
    monkeypatch.setattr(Inbox, "write", lambda inbox, _now: written.append(inbox) or math.inf)
    loop, written = WritingLoop(), []
    row = SimpleNamespace(companies=[], student_id=None)
    loop.add(row, {Inbox(viewer("sender", "everything", patient=True)): False})
    return loop, written


def test_the_crowd_waits_while_somebody_writes_to_the_database(crowd):
    loop, written = crowd
    with turn_to_write():
        loop.round()
        assert not written
    loop.round()
    assert written


def test_but_not_for_ever(crowd, monkeypatch):
    loop, written = crowd
    monkeypatch.setattr(writing, "PRECEDENCE_SECONDS", -1)
    with turn_to_write():
        loop.round()
    assert written
