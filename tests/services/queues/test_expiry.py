"""What time does by itself: holds end, calls run out, and only for time that was watched."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from jobfair import clock
from jobfair.domain.decisions.expiry import CallLength
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.extensions import db
from jobfair.models import Entry, JournalRow
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.server import expiry_ticker
from jobfair.server.expiry_ticker import Watch
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import expiry, interviews, presence, queues
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.clocks import MovableClock

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
FIVE = 5 * MINUTE


@pytest.fixture
def line(alice, techcorp):
    people = [alice, factories.student("Bob"), factories.student("Carol")]
    return [factories.entry(person, techcorp) for person in people]


def called(company_id):
    return [row.id for row in stands.called(company_id)]


def aside(entry_id):
    with db.engine.connect() as connection:
        return connection.execute(select(Entry.aside).where(Entry.id == entry_id)).scalar_one()


def pass_(minutes, length=FIVE):
    """So much has passed since now, all of it watched."""
    now = clock.now() + minutes * MINUTE
    return expiry.pass_time(now, now - timedelta(days=1), CallLength(length))


def kinds():
    with db.engine.connect() as connection:
        return (
            connection.execute(select(JournalRow.kind).order_by(JournalRow.number)).scalars().all()
        )


def test_a_call_that_ran_out_sets_aside_and_calls_the_next(line, techcorp):
    pass_(4.9)
    assert called(techcorp) == [line[0]]
    pass_(5.1)
    assert aside(line[0])
    assert called(techcorp) == [line[1]]
    with db.engine.connect() as connection:
        row = connection.execute(select(JournalRow).where(JournalRow.kind == "set_aside")).one()
    assert (row.data["reason"], row.actor, row.actor_id) == ("ran_out", "system", None)


def test_one_tap_brings_back(line, alice, techcorp):
    pass_(6)
    assert not isinstance(queues.present(alice.actor, line[0]), Refusal)
    assert called(techcorp) == [line[0]]


def test_a_call_without_an_end_lasts(line, techcorp):
    pass_(600, length=None)
    assert called(techcorp) == [line[0]]


def test_who_says_coming_late_gets_the_whole_hold(time, line, alice, techcorp):
    time.pass_(minutes=4)
    queues.say_coming(alice.actor, line[0])
    pass_(2)
    assert called(techcorp) == [line[0]]
    pass_(3.1)
    assert aside(line[0])


def test_a_hold_lasts_three_minutes_then_who_is_ahead_is_called(line, alice, techcorp):
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    bob = stands.called(techcorp)[0].student_id
    queues.say_coming(actors.student(bob), line[1])
    presence.change_status(alice.actor, StudentStatus.AVAILABLE)
    assert called(techcorp) == [line[1]]
    pass_(2.9)
    assert called(techcorp) == [line[1]]
    pass_(3.1)
    assert called(techcorp) == [line[0]]
    assert not aside(line[1])


def test_a_hold_far_behind_the_head_is_known_to_somebody_who_changes_the_queue(app, techcorp):
    people = [factories.student(f"Student {number}") for number in range(9)]
    entries = [factories.entry(person, techcorp) for person in people]
    for person in people[:8]:
        presence.change_status(person.actor, StudentStatus.PAUSED)
    queues.say_coming(people[8].actor, entries[8])
    for person in people[:8]:
        presence.change_status(person.actor, StudentStatus.AVAILABLE)
    factories.entry(factories.student("Late"), techcorp)
    queues.leave(people[0].actor, entries[0])
    assert called(techcorp) == [entries[8]]
    queues.pass_turn(people[8].actor, entries[8])
    assert called(techcorp) == [entries[1]]


def test_with_nothing_due_nothing_is_written_and_no_lock_is_taken(line, monkeypatch):
    monkeypatch.setattr(expiry, "write_transaction", None)
    before = kinds()
    assert pass_(1) is False
    assert kinds() == before


def test_who_comes_second_finds_it_done(line, techcorp, monkeypatch):
    looked = expiry.called_entries

    def look_and_be_overtaken(connection):
        found = looked(connection)
        monkeypatch.setattr(expiry, "called_entries", looked)
        pass_(6)
        return found

    monkeypatch.setattr(expiry, "called_entries", look_and_be_overtaken)
    pass_(6)
    assert kinds().count("set_aside") == 1
    assert called(techcorp) == [line[1]]


def test_many_calls_that_run_out_together_are_dealt_with_a_few_at_a_time(app, monkeypatch):
    monkeypatch.setattr(expiry, "AT_ONCE", 2)
    techcorp = factories.company("TechCorp", slots=3)
    people = [factories.student(f"Student {number}") for number in range(7)]
    entries = [factories.entry(person, techcorp) for person in people]
    assert called(techcorp) == entries[:3]
    assert pass_(6) is True
    assert [aside(each) for each in entries[:3]] == [True, True, False]
    assert pass_(6) is True
    assert kinds().count("set_aside") == 4


def test_nobody_is_called_by_a_stand_that_takes_a_break(line, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"status": "paused"})
    assert pass_(60) is False
    assert not aside(line[0])


def test_who_is_in_an_interview_is_left_alone(line, alice, techcorp):
    interviews.start(alice.actor, line[0])
    pass_(60)
    assert [row.id for row in stands.stand(techcorp).in_interview] == [line[0]]


# The clock of a process


def test_a_tick_asks_the_fair_how_long_calls_last(time, line, techcorp):
    watch = Watch()
    fair.set_call_minutes(actors.SYSTEM, 1)
    ticks(watch, time, seconds=58)
    assert called(techcorp) == [line[0]]
    ticks(watch, time, seconds=3)
    assert called(techcorp) == [line[1]]


def test_a_leap_of_the_clock_sets_nobody_aside(time, line, techcorp):
    watch = Watch()
    ticks(watch, time, seconds=60)
    time.pass_(hours=1)
    ticks(watch, time, seconds=299)
    assert called(techcorp) == [line[0]]
    ticks(watch, time, seconds=3)
    assert called(techcorp) == [line[1]]


def test_a_clock_that_is_put_back_keeps_nobody_called_for_an_hour(time, line, techcorp):
    watch = Watch()
    ticks(watch, time, seconds=60)
    time.pass_(hours=-1)
    ticks(watch, time, seconds=299)
    assert called(techcorp) == [line[0]]
    ticks(watch, time, seconds=3)
    assert called(techcorp) == [line[1]]


def test_after_a_start_and_after_an_outage_calls_count_anew(time, line, techcorp):
    time.pass_(hours=1)
    watch = Watch()
    ticks(watch, time, seconds=200)
    _pass_both(time, 60)  # nobody could be told anything
    ticks(watch, time, seconds=299)
    assert called(techcorp) == [line[0]]
    ticks(watch, time, seconds=3)
    assert called(techcorp) == [line[1]]


def test_calls_under_way_count_anew_when_their_length_changes(time, line, techcorp):
    watch = Watch()
    fair.set_call_minutes(actors.SYSTEM, None)
    ticks(watch, time, seconds=400)
    fair.set_call_minutes(actors.SYSTEM, 1)
    ticks(watch, time, seconds=58)
    assert called(techcorp) == [line[0]]
    ticks(watch, time, seconds=4)
    assert called(techcorp) == [line[1]]


def test_a_length_that_was_changed_by_a_clock_ahead_ends_no_call_at_once(time, alice, techcorp):
    watch = Watch()
    fair.set_call_minutes(actors.SYSTEM, 2)
    ticks(watch, time, seconds=5)
    time.pass_(hours=-1)
    ticks(watch, time, seconds=300)
    entry_id = factories.entry(alice, techcorp)
    ticks(watch, time, seconds=110)
    assert called(techcorp) == [entry_id]
    ticks(watch, time, seconds=15)
    assert called(techcorp) == []


@pytest.mark.parametrize(
    ("before", "waits", "after"),
    [(5, 0, None), (5, 65, 2), (5, 240, 5), (1, 30, 9), (None, 500, 1)],
    ids=str,
)
def test_a_phone_says_when_its_call_runs_out(time, alice, techcorp, before, waits, after):
    """Whatever the length was changed to meanwhile: `after` is None where it was not."""
    fair.set_call_minutes(actors.SYSTEM, before)
    watch, entry_id = Watch(), factories.entry(alice, techcorp)
    ticks(watch, time, seconds=waits)
    if after is not None:
        fair.set_call_minutes(actors.SYSTEM, after)
    page = places.dashboard(alice.student_id)
    ends = page.call_ends(page.turns[0])
    ticks(watch, time, seconds=int((ends - clock.now()).total_seconds()) - 2)
    assert called(techcorp) == [entry_id]
    ticks(watch, time, seconds=5)
    assert called(techcorp) == []


def test_a_database_that_is_away_is_waited_for(time, line, techcorp):
    watch = Watch()

    def fail(*_):
        raise OperationalError("select", {}, Exception("away"))

    event.listen(db.engine, "before_cursor_execute", fail)
    for _ in range(3):
        with pytest.raises(OperationalError):
            expiry_ticker.tick(watch)
        _pass_both(time, 1)
    event.remove(db.engine, "before_cursor_execute", fail)
    ticks(watch, time, seconds=400)
    assert called(techcorp) == [line[1]]


def ticks(watch, time, seconds):
    """The process looks at its clocks, now and then, on a bad day, every five seconds."""
    expiry_ticker.tick(watch)
    for passed in range(0, seconds, 5):
        _pass_both(time, min(5, seconds - passed))
        expiry_ticker.tick(watch)


def _pass_both(time, seconds):
    time.pass_(seconds=seconds)
    steady.now += seconds


class StillClock(MovableClock):
    """Stands still unless the test moves it, however slow the machine is."""

    def __init__(self):
        super().__init__()
        self._start = super().now()

    def now(self):
        return self._start + self.ahead


@pytest.fixture
def time(monkeypatch):
    still = StillClock()
    monkeypatch.setattr(clock, "now", still.now)
    return still


class Steady:
    now = 0.0


steady = Steady()


@pytest.fixture(autouse=True)
def _steady_clock(monkeypatch):
    monkeypatch.setattr(expiry_ticker, "monotonic", lambda: steady.now)
