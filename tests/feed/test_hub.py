"""What the hub makes of the journal's numbers, no matter who sends them."""

import threading
import time
import tracemalloc

import pytest
from sqlalchemy import delete, update

from jobfair import clock
from jobfair.catalogue.records import JournalRecord
from jobfair.extensions import db
from jobfair.feed import hub
from jobfair.feed import subscriptions as subscriptions_module
from jobfair.feed.hints import announced
from jobfair.feed.subscriptions import Inbox, Subscriptions
from jobfair.feed.viewer import Viewer
from jobfair.models import Fair, JournalRow
from tests.support import factories
from tests.support.waiting import wait_until

SECONDS = 5
MEGABYTE = 1024 * 1024


@pytest.fixture
def here(app):
    yield hub.current()
    hub.current().stop()


@pytest.fixture
def stream(here):
    """What an organiser's stream listens to."""
    return here.listen(
        Viewer(group="admin", topics=("everything",), allowed=lambda: True, is_admin=True)
    )


def row(number):
    return JournalRecord(
        number=number,
        change=number,
        kind="company_created",
        company_id=1,
        student_id=None,
        entry_id=None,
        company_name="Acme",
        companies=[1],
        data={},
        at=clock.now(),
        actor="admin",
        actor_id=None,
    )


def test_a_number_far_ahead_is_only_compared(here, stream):
    tracemalloc.start()
    try:
        announced.get().add(10**12)
        factories.company()
        assert stream.wait(SECONDS)
        assert tracemalloc.get_traced_memory()[1] < 4 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_and_forgotten_when_the_journal_was_read(here, stream, monkeypatch):
    announced.get().add(10**12)
    wait_until(lambda: announced.get().reached < 10**12, "the journal was read", SECONDS)
    read = []
    monkeypatch.setattr(hub.journal, "since", lambda number: read.append(number) or (0, []))
    here.looked_at = time.monotonic() + 60
    factories.company()
    assert stream.wait(SECONDS)
    assert read == []


def test_everybody_looks_again_when_the_journal_has_lost_rows(here, stream):
    """A database that takes over may be behind: its numbers are given out once more."""
    factories.company()
    stream.wait(SECONDS)
    with db.engine.begin() as connection:
        connection.execute(delete(JournalRow))
        connection.execute(update(Fair).values(revision=0))
    wait_until(lambda: stream.ended, "the stream ends", SECONDS)
    here.close(stream)
    again = here.listen(stream.viewer)
    assert again.start == 0
    factories.company("Another")
    assert [each.row.number for each in again.wait(SECONDS)] == [1]


def test_all_to_whom_the_same_was_delivered_share_it(here, stream):
    """What is asked of it is then found out once for a thousand pages, not by each."""
    other = here.listen(stream.viewer)
    factories.company()
    factories.company("Another")
    wait_until(lambda: len(stream.delivered) == len(other.delivered) == 2, "both heard", SECONDS)
    assert stream.take() is other.take()
    assert len(stream.delivered) == 0


def test_a_row_that_comes_while_others_are_taken_is_taken_once(monkeypatch):
    """The writing loop takes what waits in one thread while the journal is read in another."""
    stream = Inbox(Viewer(group="admin", topics=(), allowed=lambda: True, is_admin=True))
    subscriptions, taken, taker = Subscriptions(), [], None
    subscriptions.add(stream, {"everything": 0})
    batch = subscriptions_module.Batch

    def slow(before, latest):
        nonlocal taker
        if latest.row.number == 2:
            taker = threading.Thread(target=lambda: taken.extend(stream.take()))
            taker.start()
            taker.join(0.1)
        return batch(before, latest)

    monkeypatch.setattr(subscriptions_module, "Batch", slow)
    for number in (1, 2):
        subscriptions.deliver(row(number))
    taker.join(SECONDS)
    assert [each.row.number for each in [*taken, *stream.take()]] == [1, 2]
