"""The interviews over the day: how many began in each quarter of an hour, and their bars."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from jobfair import clock
from jobfair.domain.state import StudentStatus
from jobfair.extensions import db
from jobfair.models import JournalRow
from jobfair.ops import purge
from jobfair.queries.admin.figures import chart
from jobfair.queries.projections.interview_counts import QUARTER, began_by_quarter
from jobfair.services.queues import interviews, overrides
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.chance import seeded

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def interview_at(moment):
    with clock.at(moment):
        company_id = factories.company(f"Company {moment}")
        return company_id, factories.interview(factories.student(), company_id)


def test_every_interview_counts_in_its_quarter_whatever_became_of_it(app):
    random = seeded(7)
    moments = [NOON + timedelta(seconds=random.randint(0, 9000)) for _ in range(12)]
    for number, moment in enumerate(moments):
        company_id, entry_id = interview_at(moment)
        if number % 3 == 0:
            interviews.complete(actors.company(company_id), entry_id)
        elif number % 3 == 1:
            overrides.remove_entry(actors.SYSTEM, entry_id)
        began_by_quarter()
    expected = Counter(each.replace(minute=each.minute // 15 * 15, second=0) for each in moments)
    assert began_by_quarter() == expected


def test_what_another_process_wrote_is_counted_when_it_is_asked_for(app):
    assert began_by_quarter() == {}
    interview_at(NOON)
    assert began_by_quarter() == {NOON: 1}
    company_id, entry_id = interview_at(NOON + QUARTER)
    interviews.complete(actors.company(company_id), entry_id)
    assert began_by_quarter() == {NOON: 1, NOON + QUARTER: 1}


def test_a_fair_that_was_purged_begins_anew(app):
    interview_at(NOON)
    assert began_by_quarter() == {NOON: 1}
    purge.purge(everything=True)
    assert began_by_quarter() == {}
    with db.engine.connect() as connection:
        assert connection.execute(select(JournalRow.kind)).scalars().all() == ["fair_purged"]


def test_no_interview_no_bar(app):
    assert chart.bars({}, NOON) == []


def test_the_last_bar_is_the_quarter_that_runs(app):
    bars = chart.bars({NOON: 4, NOON + QUARTER: 2}, NOON + timedelta(minutes=44))
    assert [bar.count for bar in bars][-3:] == [4, 2, 0]
    assert len(bars) == chart.FEWEST
    highest, half = bars[-3], bars[-2]
    assert (highest.y, highest.height) == (0, chart.HEIGHT)
    assert half.height == chart.HEIGHT / 2
    assert bars[-1].x + bars[-1].width <= chart.WIDTH


def test_the_hours_are_the_fairs_own(app):
    [*_, last] = chart.bars({NOON: 1}, NOON)
    assert last.began.strftime("%H:%M") == "13:00"
    assert last.full_hour


@pytest.mark.parametrize(("hours", "number"), [(3, 24), (8, 33), (20, 48)])
def test_a_long_day_is_shown_to_its_end(app, hours, number):
    day = {NOON + QUARTER * each: 1 for each in range(hours * 4 + 1)}
    bars = chart.bars(day, max(day))
    assert len(bars) == number
    assert bars[-1].began == max(day)


def test_a_day_that_is_over_ends_with_its_last_interview(app):
    bars = chart.bars({NOON: 3}, NOON + timedelta(days=2))
    assert (bars[-1].began, bars[-1].count) == (NOON, 3)


def test_a_student_in_an_interview_by_force_counts(app):
    alice, company_id = factories.student(), factories.company()
    students.force_status(actors.SYSTEM, alice.student_id, StudentStatus.IN_INTERVIEW, company_id)
    assert sum(began_by_quarter().values()) == 1


def test_a_clock_that_was_set_back_loses_no_bar(app):
    assert chart.bars({NOON: 3}, NOON - timedelta(days=1)) == chart.bars({NOON: 3}, NOON)
