"""A past fair's people are removed a set time after its end, by the server itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from jobfair import clock
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import JournalRow, Student
from jobfair.ops import purge, retention_job
from jobfair.queries.admin.fair import retention
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from tests.support import factories

ADMIN = actors.admin(1)
LAST_DAY = date(2026, 11, 26)


@pytest.fixture
def moment(monkeypatch):
    """Sets the clock: `moment(2026, 11, 26)`, at noon."""

    def set_to(*day):
        monkeypatch.setattr(clock, "now", lambda: datetime(*day, 12, tzinfo=UTC))

    set_to(2026, 11, 26)
    return set_to


@pytest.fixture
def past(app, moment):
    techcorp = factories.company()
    factories.interview(factories.student("Alice"), techcorp)
    return techcorp


def students():
    with db.engine.connect() as connection:
        return len(connection.execute(select(Student.id)).all())


def test_thirty_days_after_the_last_day_they_are_gone_and_not_before(app, past, moment):
    fair.set_details(ADMIN, {"ends_on": LAST_DAY})
    moment(2026, 12, 25)
    retention_job.look()
    assert students() == 1
    moment(2026, 12, 26)
    retention_job.look()
    assert students() == 0
    with db.engine.connect() as connection:
        assert list(connection.execute(select(JournalRow.kind)).scalars()) == ["fair_purged"]


def test_where_nobody_said_the_day_of_closing_counts(past, moment):
    assert retention.retention_period().removed_on is None
    fair.set_phase(ADMIN, Phase.CLOSED)
    assert retention.retention_period().removed_on == LAST_DAY + timedelta(days=30)
    fair.set_phase(ADMIN, Phase.OPEN)
    assert retention.retention_period().removed_on is None
    moment(2036, 1, 1)
    assert purge.purge_if_due() is None


def test_zero_days_are_never(app, past, moment, monkeypatch):
    monkeypatch.setitem(app.config, "KEEP_DAYS", 0)
    fair.set_details(ADMIN, {"ends_on": LAST_DAY})
    moment(2036, 1, 1)
    assert purge.purge_if_due() is None


def test_it_is_announced_a_week_before(past, moment):
    fair.set_details(ADMIN, {"ends_on": LAST_DAY})
    moment(2026, 12, 18)
    assert not retention.retention_period().is_near
    moment(2026, 12, 19)
    assert retention.retention_period().is_near


def test_a_day_long_past_is_refused_and_nothing_changes(past):
    fair.set_details(ADMIN, {"ends_on": LAST_DAY})
    assert fair.set_details(ADMIN, {"ends_on": date(2025, 11, 26)}) == Refusal("end_too_early")
    assert retention.retention_period().ends_on == LAST_DAY


def test_the_next_fair_has_an_end_of_its_own(app, past, moment):
    fair.set_details(ADMIN, {"ends_on": LAST_DAY})
    moment(2026, 12, 26)
    assert purge.purge_if_due()
    factories.student("Bob")
    retention_job.look()
    assert students() == 1
    assert retention.retention_period().ends_on is None


def test_it_is_recorded_who_set_the_day(past):
    fair.set_details(ADMIN, {"ends_on": LAST_DAY})
    fair.set_details(ADMIN, {"ends_on": LAST_DAY})
    own = select(JournalRow.actor, JournalRow.data).where(JournalRow.kind == "fair_end_set")
    with db.engine.connect() as connection:
        assert connection.execute(own).all() == [("admin", {"before": None, "after": "2026-11-26"})]
