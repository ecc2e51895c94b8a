"""A program that listens by its key hears what organisers hear, while the key works."""

import time
from functools import partial

import pytest

from jobfair.models import Scope
from jobfair.services.access import keys
from tests.support import factories
from tests.support.listening import soon

LATE_SECONDS = 5
"""Well before the next heartbeat."""


@pytest.fixture
def config():
    """Heartbeats far apart: the look that comes every few of them would hide a fault."""
    return {"HEARTBEAT_SECONDS": 10.0}


def test_a_program_hears_the_fair_until_its_key_is_withdrawn(app, listen, admin):
    company_id, student = factories.company(), factories.student()
    key = factories.key(admin, Scope.READ)
    stream = listen("/api/events/", Authorization=f"Bearer {key.secret}")
    assert stream.next().name == "connection_established"
    soon(partial(_within, app, lambda: factories.entry(student, company_id)))
    assert stream.until("queue_update")[-1].data["company_id"] == company_id
    withdrawn_at = []
    soon(partial(_within, app, lambda: keys.withdraw(admin.actor, key.id), withdrawn_at))
    while stream.next() is not None:
        assert not withdrawn_at or time.monotonic() < withdrawn_at[0] + LATE_SECONDS
    assert withdrawn_at


def _within(app, action, done_at=None):
    with app.app_context():
        action()
        if done_at is not None:
            done_at.append(time.monotonic())


def test_a_key_that_may_not_read_hears_nothing(listen, admin):
    key = factories.key(admin, Scope.WRITE)
    assert listen("/api/events/", Authorization=f"Bearer {key.secret}").status == 403
