"""What was told on joining against what was waited: by hand, and a second way on a played fair."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from jobfair import clock
from jobfair.domain.decisions.paper_interviews import PaperInterview
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.extensions import db
from jobfair.feed import journal
from jobfair.models import JournalRow
from jobfair.queries.admin.figures.statistics import of_company
from jobfair.queries.admin.figures.told_waits import (
    NONE_TOLD,
    ToldFigures,
    told_waits,
    told_waits_of,
)
from jobfair.queries.projections.interviews import every_interview
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, paper_interviews, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories

ADMIN = actors.admin(1)
PARIS = ZoneInfo("Europe/Paris")
NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""In Paris."""


def at(minutes):
    return clock.at(NINE + timedelta(minutes=minutes))


def told(person, company_id, least, most):
    """The person joins, and is told this range."""
    return queues.join(person.actor, company_id, lambda _waiting: (least, most)).id


def start(person, entry_id):
    assert not isinstance(interviews.start(person.actor, entry_id), Refusal)


@pytest.fixture
def line(app):
    """A busy stand, and four who join at nine and half past ten and are told 10 to 20 minutes."""
    with at(0):
        techcorp = factories.company("TechCorp")
        busy = factories.interview(factories.student("Busy"), techcorp)
        people = [factories.student(name) for name in ("Alice", "Bob", "Chloé", "Dan")]
        entries = [told(each, techcorp, 10, 20) for each in people[:3]]
    return techcorp, busy, people, entries


def each_in_turn(techcorp, running, people, entries, minutes):
    """Each is called at their minute, as the one before ends, and starts three minutes later."""
    for person, entry, minute in zip(people, entries, minutes, strict=False):
        with at(minute):
            interviews.complete(actors.company(techcorp), running)
        with at(minute + 3):
            start(person, entry)
        running = entry


# By hand


def test_a_fair_of_which_every_figure_is_known(line):
    """Called after 9, 20 and 21 minutes: sooner, just within, later; the walk does not count."""
    techcorp, busy, people, entries = line
    with at(0):
        entries.append(told(people[3], techcorp, 25, 60))
    each_in_turn(techcorp, busy, people, entries, (9, 20, 30, 50))
    overall = ToldFigures(
        kept=2,
        shorter=1,
        longer=1,
        # The one that was called at once was told no range.
        untold=1,
        median_told=timedelta(minutes=15),
        median_waited=timedelta(minutes=25),
    )
    assert told_waits(PARIS).overall == overall
    assert told_waits_of(techcorp, PARIS) == told_waits(PARIS)
    assert overall.told == 4
    assert overall.share_kept == pytest.approx(1 / 2)
    [hour] = told_waits(PARIS).hours
    assert (hour.start, hour.figures) == (NINE, overall)
    # The wait itself ends with the start, and counts that of everybody.
    assert of_company(techcorp).median_wait == timedelta(minutes=23)


def test_both_ends_of_a_range_are_within(line):
    techcorp, busy, people, entries = line
    each_in_turn(techcorp, busy, people, entries[:2], (10, 20))
    figures = told_waits(PARIS).overall
    assert (figures.kept, figures.shorter, figures.longer) == (2, 0, 0)


def test_hours_are_those_of_joining(line):
    techcorp, busy, people, entries = line
    with at(90):
        entries.append(told(people[3], techcorp, 30, 40))
    each_in_turn(techcorp, busy, people, entries, (15, 25, 100, 125))
    hours = [
        (each.start.astimezone(PARIS).hour, each.figures.kept, each.figures.longer)
        for each in told_waits(PARIS).hours
    ]
    assert hours == [(9, 1, 2), (10, 1, 0)]


def test_without_anybody_told_there_is_nothing(app):
    assert told_waits(PARIS) == NONE_TOLD
    assert told_waits_of(factories.company(), PARIS) == NONE_TOLD
    assert NONE_TOLD.overall.share_kept is None


# What counts


def test_a_break_is_part_of_the_wait(line):
    techcorp, busy, (alice, *_), (first, *_) = line
    with at(5):
        presence.change_status(alice.actor, StudentStatus.PAUSED)
    with at(10):
        interviews.complete(actors.company(techcorp), busy)
    with at(10):
        for person in line[2][1:3]:
            presence.change_status(person.actor, StudentStatus.PAUSED)
    with at(40):
        presence.change_status(alice.actor, StudentStatus.AVAILABLE)
    with at(41):
        start(alice, first)
    figures = told_waits(PARIS).overall
    assert (figures.longer, figures.median_waited) == (1, timedelta(minutes=40))


def test_the_call_that_led_to_the_interview_counts(line):
    """One who did not come, and is called again, waited until then."""
    techcorp, busy, (alice, *_), (first, *_) = line
    with at(12):
        interviews.complete(actors.company(techcorp), busy)
    with at(13):
        queues.absent(actors.company(techcorp), first)
        for person in line[2][1:3]:
            presence.change_status(person.actor, StudentStatus.PAUSED)
    with at(25):
        queues.present(alice.actor, first)
    with at(26):
        start(alice, first)
    assert told_waits(PARIS).overall.median_waited == timedelta(minutes=25)


def test_without_a_call_the_start_counts(line):
    techcorp, _, (alice, *_), (first, *_) = line
    with at(14):
        students.force_status(ADMIN, alice.student_id, StudentStatus.IN_INTERVIEW, techcorp)
    [own] = [each for each in every_interview() if each.entry_id == first]
    assert own.called_at is None
    assert told_waits(PARIS).overall.median_waited == timedelta(minutes=14)


def test_a_call_that_ended_is_not_the_one_of_a_later_start(line):
    techcorp, busy, (alice, *_), (first, *_) = line
    with at(12):
        interviews.complete(actors.company(techcorp), busy)
    with at(13):
        queues.absent(actors.company(techcorp), first)
    with at(30):
        students.force_status(ADMIN, alice.student_id, StudentStatus.IN_INTERVIEW, techcorp)
    assert told_waits(PARIS).overall.median_waited == timedelta(minutes=30)


def test_after_an_interview_broken_off_nothing_more_is_counted(line):
    techcorp, busy, (alice, *_), (first, *_) = line
    each_in_turn(techcorp, busy, [alice], [first], (15,))
    once = told_waits(PARIS)
    with at(20):
        students.force_status(ADMIN, alice.student_id, StudentStatus.AVAILABLE)
        queues.present(alice.actor, first)
    with at(70):
        students.force_status(ADMIN, alice.student_id, StudentStatus.IN_INTERVIEW, techcorp)
    assert told_waits(PARIS) == once
    again = [each for each in every_interview() if each.entry_id == first]
    assert [each.told for each in again] == [(10, 20), None]


def test_a_start_taken_back_is_none(line):
    techcorp, busy, (alice, *_), (first, *_) = line
    each_in_turn(techcorp, busy, [alice], [first], (15,))
    with at(18):
        interviews.undo_start(alice.actor, first)
    figures = told_waits(PARIS).overall
    assert (figures.told, figures.untold) == (0, 1)
    with at(19):
        start(alice, first)
    # A call that follows counts from then.
    assert told_waits(PARIS).overall.median_waited == timedelta(minutes=18)


def test_one_from_paper_counts_to_its_start_if_it_had_joined_before(line):
    techcorp, _, (alice, *_, dan), _ = line
    with at(300):
        noted = [
            PaperInterview(each.student_id, *(NINE + timedelta(minutes=m) for m in (20, 30)))
            for each in (alice, dan)
        ]
        assert not paper_interviews.enter(ADMIN, techcorp, noted)
    figures = told_waits(PARIS).overall
    # Dan was in no queue.
    assert (figures.kept, figures.untold) == (1, 1)
    assert figures.median_waited == timedelta(minutes=20)


def test_what_was_removed_since_still_counts(line):
    techcorp, busy, people, entries = line
    each_in_turn(techcorp, busy, people, entries, (15, 25, 35))
    before = told_waits(PARIS)
    students.delete(ADMIN, people[0].student_id, "Alice")
    companies.delete(ADMIN, techcorp)
    assert told_waits(PARIS) == before


def test_who_was_told_nothing_is_left_out_and_counted_as_such(line):
    """Those from before it was kept, too: their rows of the journal say neither."""
    techcorp, busy, people, entries = line
    each_in_turn(techcorp, busy, people, entries, (15, 25, 35))
    before = told_waits(PARIS).overall
    with db.engine.begin() as connection:
        joined = update(JournalRow).where(JournalRow.number == entries[0])
        connection.execute(joined.values(data={"entry_id": entries[0], "position": 2}))
    journal.forget_derived()
    after = told_waits(PARIS).overall
    assert (after.told, after.untold) == (before.told - 1, before.untold + 1)
