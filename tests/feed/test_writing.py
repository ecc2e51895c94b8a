"""Of all whom a change concerns, whoever is called by it is woken first, the crowd last."""

import math
from collections import defaultdict

import pytest

from jobfair.feed import hub
from jobfair.feed.subscriptions import Inbox
from jobfair.feed.viewer import Viewer
from jobfair.services import interviews
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
