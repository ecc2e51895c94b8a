"""The fair opens and closes at its hours by itself, once, and a decision by hand goes first."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from jobfair import clock
from jobfair.db.transactions import current_phase
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.queries.fair.fair_identity import current
from jobfair.server import expiry_ticker
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors

DAY = date(2026, 11, 26)
HOURS = {"starts_on": DAY, "ends_on": DAY, "opens": time(9), "closes": time(18), "zone": "UTC"}


def at(hour, minute=0, second=0):
    return clock.at(datetime(2026, 11, 26, hour, minute, second, tzinfo=UTC))


@pytest.fixture
def set_up(app):
    """A fair in preparation the day before."""
    with clock.at(datetime(2026, 11, 25, 12, tzinfo=UTC)):
        fair.set_phase(actors.SYSTEM, Phase.PREPARING)
        assert fair.set_details(actors.SYSTEM, HOURS) is None


def tick():
    """One look of a process that has just started."""
    expiry_ticker.tick(expiry_ticker.Watch())
    return current_phase()


def test_it_opens_and_closes_at_the_hour(set_up):
    seen = {}
    for hour, minute in ((8, 59), (9, 0), (12, 0), (17, 59), (18, 0), (23, 0)):
        with at(hour, minute):
            seen[hour, minute] = tick()
    assert list(seen.values()) == ["preparing", "open", "open", "open", "closed", "closed"]


def test_an_hour_that_came_while_the_server_was_down_counts_when_it_is_back(set_up):
    with at(11):
        assert tick() is Phase.OPEN


def test_a_whole_day_that_was_missed_closes_it_and_does_not_open_it(set_up):
    with at(20):
        assert tick() is Phase.CLOSED


def test_an_hour_acts_once_and_somebody_who_decides_afterwards_is_not_overruled(set_up):
    with at(9):
        tick()
    with at(9, 30):
        fair.set_phase(actors.SYSTEM, Phase.PREPARING)
        assert tick() is Phase.PREPARING
    # As after a restart, an hour and more later.
    with at(12):
        assert tick() is Phase.PREPARING
    with at(18):
        assert tick() is Phase.CLOSED


def test_an_hour_that_has_acted_is_not_looked_at_again(set_up, monkeypatch):
    """Else every second until the next would take the fair's lock for nothing."""
    with at(9):
        assert tick() is Phase.OPEN
    monkeypatch.setattr(fair, "write_transaction", None)
    for hour in (9, 10, 17):
        with at(hour, 0, 1):
            assert tick() is Phase.OPEN


def test_who_decides_in_the_hour_before_is_not_overruled(set_up):
    with at(8, 30):
        fair.set_phase(actors.SYSTEM, Phase.PREPARING)
    with at(9):
        assert tick() is Phase.PREPARING
    with at(10):
        assert tick() is Phase.PREPARING


def test_who_decided_earlier_is(set_up):
    with at(7, 30):
        fair.set_phase(actors.SYSTEM, Phase.PREPARING)
    with at(9):
        assert tick() is Phase.OPEN


def test_hours_that_have_passed_when_they_are_set_do_nothing(set_up):
    with at(12):
        fair.set_details(actors.SYSTEM, {"opens": time(10)})
        assert tick() is Phase.PREPARING


def test_a_clock_that_is_set_back_brings_no_hour_twice(set_up):
    with at(9, 0, 30):
        tick()
        fair.set_phase(actors.SYSTEM, Phase.PREPARING)
    with at(8, 59):
        assert tick() is Phase.PREPARING
    with at(9, 0, 10):
        assert tick() is Phase.PREPARING


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"closes": time(8)}, "closes_before_opening"),
        ({"starts_on": None, "ends_on": None}, "hours_need_a_day"),
    ],
)
def test_hours_that_cannot_be_are_refused(set_up, given, code):
    assert fair.set_details(actors.SYSTEM, given) == Refusal(code)
    assert current().opens == time(9)


def test_how_long_people_are_kept_is_refused_where_they_would_go_at_once(app):
    today = clock.now().date()
    fair.set_details(actors.SYSTEM, {"ends_on": today - timedelta(days=5)})
    assert fair.set_details(actors.SYSTEM, {"keep_days": 3}) == Refusal("kept_too_short")
    assert fair.set_details(actors.SYSTEM, {"keep_days": 6}) is None
    assert fair.set_details(actors.SYSTEM, {"keep_days": 0}) is None
