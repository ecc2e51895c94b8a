"""The rest of the day, forecast from the fair as it is stored."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from jobfair import clock
from jobfair.db.transactions import current_phase
from jobfair.domain import waiting_time
from jobfair.domain.state import EntryState, Phase, StudentStatus
from jobfair.queries.fair import forecasts as said
from jobfair.queries.fair import opening_hours
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.fair import fair, forecasts
from jobfair.services.queues import interviews, presence, queues
from jobfair.simulation.forecast import Forecast
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.chance import seeded

DAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOURS = {"starts_on": DAY, "ends_on": DAY, "opens": time(8), "closes": time(13), "zone": "UTC"}
PLAYS = 30


def at(minutes=0.0):
    """This many minutes after noon."""
    return clock.at(NOON + timedelta(minutes=minutes))


@pytest.fixture
def opened(app):
    """A fair that opened at eight and closes at one, with TechCorp and ten interviews of ten
    minutes there."""
    with at(-4 * 60 - 30):
        fair.set_phase(actors.SYSTEM, Phase.PREPARING)
        assert fair.set_details(actors.SYSTEM, HOURS) is None
    with at(-4 * 60):
        fair.keep_hours(clock.now())
        assert current_phase() is Phase.OPEN
    with at(-4 * 60 + 1):
        company_id = factories.company("TechCorp")
    for number in range(10):
        began = -150 + 11 * number
        person = factories.student("Past")
        with at(began):
            entry_id = factories.interview(person, company_id)
        with at(began + 10):
            interviews.complete(actors.company(company_id), entry_id)
    return company_id


@pytest.fixture
def line(opened):
    """Twenty who wait there at noon, of whom about six can be met in the hour that is left."""
    people = [factories.student(f"Person{number}") for number in range(20)]
    with at(-30):
        return [(each, factories.entry(each, opened)) for each in people]


def make(minutes=0.0, plays=PLAYS):
    """Make a forecast this many minutes after noon, as its process does; the process that asks then
    knows of it."""
    with at(minutes):
        assert forecasts.claim()
        left = iter(range(plays))
        made = forecasts.make(lambda: next(left, None) is not None, seeded(1))
        said.look()
        return made


def unlikely(people, minutes=0.0):
    with at(minutes):
        return [
            place.unlikely
            for person, _ in people
            for place in places.dashboard(person.student_id).places
        ]


def test_those_at_the_end_of_a_long_queue_will_hardly_be_met(opened, line):
    made = make()
    outlook = made.companies[opened].forecast
    assert outlook.waiting == 20
    assert 10 <= outlook.unmet <= 16
    assert outlook.low <= outlook.unmet <= outlook.high
    assert 2 <= outlook.more <= 8
    hardly = unlikely(line)
    assert not any(hardly[:5])
    assert all(hardly[-5:])


def test_nothing_is_said_of_a_place_that_is_called_or_set_aside(opened, line):
    make()
    (last, entry_id), first = line[-1], line[0]
    assert unlikely([(last, entry_id)]) == [True]
    with at():
        assert places.place(first[1]).can_start
        # Everybody before the last one is away: it is their turn.
        for person, _ in line[:-1]:
            presence.change_status(person.actor, StudentStatus.PAUSED)
        assert places.place(entry_id).can_start
    assert unlikely([(last, entry_id)]) == [False]
    with at():
        queues.pass_turn(last.actor, entry_id)
        assert places.place(entry_id).aside
    assert unlikely([(last, entry_id)]) == [False]


def test_somebody_who_joins_behind_one_who_will_hardly_be_met_will_not_be_either(opened, line):
    make()
    newcomer = factories.student("Newcomer")
    with at(1):
        entry_id = factories.entry(newcomer, opened)
    assert unlikely([(newcomer, entry_id)], 1) == [True]


def test_what_was_said_of_other_seats_is_not_said_any_more(opened, line):
    make()
    assert unlikely(line)[-1]
    with at():
        companies.edit(actors.SYSTEM, opened, {"slots": 2})
    assert not any(unlikely(line))


def test_an_old_forecast_is_not_shown_nor_one_for_another_hour(opened, line):
    make()
    assert unlikely(line, 15)[-1]
    assert not any(unlikely(line, 15.1))
    with at(1):
        fair.set_details(actors.SYSTEM, {"closes": time(18)})
        said.look()
    assert not any(unlikely(line, 1))


def test_it_is_silent_while_it_would_be_a_guess(opened, line):
    with at():
        fair.set_details(actors.SYSTEM, {"closes": None})
        assert not forecasts.claim()
        assert forecasts.read() is None
        fair.set_details(actors.SYSTEM, {"closes": time(13)})
        assert forecasts.read() is not None
        fair.set_phase(actors.SYSTEM, Phase.PREPARING)
        assert not forecasts.claim()
        assert forecasts.read() is None


def test_it_is_silent_before_enough_interviews_have_ended(opened, monkeypatch):
    monkeypatch.setattr(waiting_time, "ENOUGH_AT_THE_FAIR", 10)
    with at():
        assert forecasts.read() is not None
        monkeypatch.setattr(waiting_time, "ENOUGH_AT_THE_FAIR", 11)
        assert forecasts.read() is None


def test_what_cannot_be_said_takes_back_what_was_said(opened, line):
    make()
    assert unlikely(line)[-1]
    assert make(5, plays=1) is None
    assert not any(unlikely(line, 5))


def test_one_worker_makes_it_and_the_next_is_due_after_five_minutes(opened):
    with at():
        assert [forecasts.claim() for _ in range(3)] == [True, False, False]
        forecasts.make(lambda: False, seeded(1))
    with at(4.9):
        assert not forecasts.claim()
    with at(5):
        assert [forecasts.claim() for _ in range(3)] == [True, False, False]


def test_no_other_is_begun_while_one_is_made_until_that_must_have_died(opened, monkeypatch):
    monkeypatch.setattr(forecasts, "LOST", timedelta(minutes=8))
    with at():
        assert forecasts.claim()
    with at(7.9):
        assert not forecasts.claim()
    with at(8):
        assert forecasts.claim()


def test_a_forecast_that_was_overtaken_is_not_stored(opened, line):
    with at():
        assert forecasts.claim()

    def overtaken():
        """Another one begins while it is played."""
        with at(5):
            forecasts.claim()
        return next(left, None) is not None

    left = iter(range(PLAYS))
    with at():
        forecasts.make(overtaken, seeded(1))
        said.look()
        assert said.current() is None


def test_what_is_unlikely_stays_so_until_it_is_three_in_ten(opened, line):
    def after(chance, before):
        with at():
            moment = forecasts.read()
            forecast = Forecast({line[0][1]: chance}, {})
            return forecasts.outlook_of(forecast, moment, before)

    told = [outlook := None]
    for chance in (0.25, 0.19, 0.25, 0.29, 0.31, 0.25, 0.19):
        outlook = after(chance, outlook)
        told.append(bool(outlook.unlikely))
    assert told[1:] == [False, True, True, True, False, False, True]


def test_since_when_many_will_not_be_met_is_kept(opened, line):
    make()
    assert make(5).companies[opened].since == NOON


def test_those_who_give_up_are_counted_from_the_opening_on(opened, line):
    with at(-10):
        queues.leave(line[3][0].actor, line[3][1])
        queues.leave(line[4][0].actor, line[4][1])
    with at():
        patience = forecasts.read().patience
    assert patience.left == 2
    assert patience.minutes == pytest.approx(18 * 30 + 2 * 20, abs=1)


def test_it_changes_nothing_of_the_fair(opened, line):
    with at():
        before = forecasts.read().hall
    make()
    with at():
        after = forecasts.read().hall
    assert (before.entries, before.students, before.companies) == (
        after.entries,
        after.students,
        after.companies,
    )
    assert before.number == after.number
    assert {each.state for each in after.entries.values()} == {EntryState.WAITING, EntryState.DONE}


def test_of_two_workers_that_read_that_one_is_due_one_makes_it(opened, monkeypatch):
    others = []

    def the_other_is_quicker(_connection, _now):
        """Between this worker's reading and its writing."""
        if not others:
            others.append(None)
            others[0] = forecasts.claim()
        return NOON + timedelta(hours=1)

    monkeypatch.setattr(opening_hours, "closes_at", the_other_is_quicker)
    with at():
        assert (forecasts.claim(), others) == (False, [True])
