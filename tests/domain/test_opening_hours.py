"""A fair opens and closes by itself at its hours: each of them once, and late rather than never."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from jobfair.domain.opening_hours import OpeningHours
from jobfair.domain.state import Phase

PARIS = ZoneInfo("Europe/Paris")
BEFORE = datetime(2026, 11, 1, tzinfo=UTC)


def hours(opens=time(9), closes=time(18), first=date(2026, 11, 26), last=date(2026, 11, 27)):
    return OpeningHours(opens, closes, first, last, PARIS)


def at(day, hour, minute=0):
    """That time in Paris in November, in UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(26, 8, 59), None),
        (at(26, 9), (at(26, 9), Phase.OPEN)),
        (at(26, 17, 59), (at(26, 9), Phase.OPEN)),
        (at(26, 18), (at(26, 18), Phase.CLOSED)),
        (at(27, 8, 59), (at(26, 18), Phase.CLOSED)),
        (at(27, 9), (at(27, 9), Phase.OPEN)),
        (at(28, 9), (at(27, 18), Phase.CLOSED)),
    ],
)
def test_the_last_hour_that_has_come_counts(now, due):
    assert hours().due(BEFORE, now) == due


def test_an_hour_is_due_once():
    assert hours().due(at(26, 9), at(26, 12)) is None
    assert hours().due(at(26, 9), at(26, 18)) == (at(26, 18), Phase.CLOSED)


def test_a_fair_is_not_opened_on_another_day_than_its_own():
    opens_only = hours(closes=None)
    assert opens_only.due(BEFORE, at(27, 23, 59)) == (at(27, 9), Phase.OPEN)
    assert opens_only.due(BEFORE, at(28, 0, 1)) is None


def test_without_a_day_or_an_hour_nothing_is_due():
    assert hours(first=None, last=None).due(BEFORE, at(26, 12)) is None
    assert hours(opens=None, closes=None).due(BEFORE, at(26, 12)) is None
    assert hours(first=None).due(BEFORE, at(27, 12)) == (at(27, 9), Phase.OPEN)
    assert hours(first=None).due(BEFORE, at(26, 12)) is None


def test_summer_time_moves_the_hour_with_the_clock_on_the_wall():
    march = hours(first=date(2026, 3, 28), last=date(2026, 3, 29))
    noons = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in (28, 29)]
    found = [march.due(noon - timedelta(days=1), noon) for noon in noons]
    assert [each[0].hour for each in found] == [8, 7]
