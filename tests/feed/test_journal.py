"""The journal is read in its own order: what is new, what lies between, what is recent."""

from datetime import timedelta

import pytest

from jobfair import clock
from jobfair.feed import journal
from jobfair.services.queues import queues
from tests.support import factories


@pytest.fixture
def rows(time, techcorp):
    """Alice joined an hour ago, Bob just now: all of it."""
    alice = factories.student("Alice")
    queues.join(alice.actor, techcorp)
    time.pass_(hours=1)
    queues.join(factories.student("Bob").actor, techcorp)
    return journal.since(0)[1]


def numbers(records):
    return [record.number for record in records]


def test_what_is_new_is_what_comes_after_a_number(rows):
    newest = rows[-1].number
    assert numbers(rows) == list(range(1, newest + 1))
    assert journal.since(3) == (newest, rows[3:])
    assert journal.since(newest) == (newest, [])
    assert journal.span() == (1, newest)


def test_recent_are_rows_of_some_kinds_since_a_time_among_the_newest(rows):
    joined = [row for row in rows if row.kind == "joined"]
    half_an_hour, day = (clock.now() - timedelta(minutes=each) for each in (30, 24 * 60))
    assert numbers(journal.recent(day, ["joined"])) == numbers(joined)
    assert numbers(journal.recent(half_an_hour, ["joined"])) == numbers(joined[1:])
    assert journal.recent(day, ["left"]) == []
    from_the_first_on = rows[-1].number - joined[0].number + 1
    assert numbers(journal.recent(day, ["joined"], from_the_first_on)) == numbers(joined)
    assert numbers(journal.recent(day, ["joined"], from_the_first_on - 1)) == numbers(joined[1:])
