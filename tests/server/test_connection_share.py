"""Who holds more connections than another worker lets that one accept first, for a while."""

import pytest

from jobfair.server import connection_share
from jobfair.server.connection_share import ConnectionCounts, ConnectionShare


@pytest.fixture
def counts():
    return ConnectionCounts()


@pytest.fixture
def shares(counts):
    """Two workers that accept connections."""
    shares = [ConnectionShare(counts), ConnectionShare(counts)]
    for each in shares:
        each.join(counts.add_worker())
    return shares


def test_who_holds_no_more_than_the_others_may_accept(shares):
    one, other = shares
    assert one.may_accept()
    one.opened()
    assert not one.may_accept()
    assert other.may_accept()
    other.opened()
    assert one.may_accept()
    other.closed()
    assert not one.may_accept()


def test_who_does_not_come_is_waited_for_no_longer(shares, monkeypatch):
    one, _ = shares
    one.opened()
    assert not one.may_accept()
    monkeypatch.setattr(connection_share, "PATIENCE_SECONDS", 0)
    assert one.may_accept()


def test_nobody_waits_for_a_worker_that_starts_stops_or_has_ended(counts, shares):
    one, other = shares
    starting = counts.add_worker()
    other.opened()
    one.opened()
    assert one.may_accept()
    other.closed()
    other.leave()
    assert one.may_accept()
    counts.remove_worker(starting)
    assert one.may_accept()


def test_a_place_is_given_again_once_its_worker_has_ended(counts):
    places = [counts.add_worker() for _ in range(connection_share.MOST_WORKERS)]
    assert counts.add_worker() is None
    counts.leave(places[3])
    assert counts.add_worker() is None
    counts.remove_worker(places[3])
    assert counts.add_worker() == places[3]


def test_a_worker_without_a_place_shares_with_those_that_have_one(counts, shares):
    """There are more than can be counted: it waits for the others as they do for each other."""
    one = ConnectionShare(counts)
    one.join(None)
    one.opened()
    assert not one.may_accept()


def test_streams_leave_a_tenth_of_what_a_worker_may_have_to_pages():
    assert connection_share.most_streams(connections=1_000, files=50_000) == 900
    assert connection_share.most_streams(connections=50_000, files=1_024) == 921
