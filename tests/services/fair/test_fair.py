"""The fair's last day, and when it was closed."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Fair
from jobfair.queries.admin.fair import retention
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors


def last_day():
    with read_transaction() as connection:
        return retention.retention_period_of(connection).ends_on


def test_a_day_too_long_ago_is_refused_and_the_one_before_stays(app):
    assert fair.set_details(actors.SYSTEM, {"ends_on": date(2126, 11, 26)}) is None
    long_ago = clock.now().date() - timedelta(days=400)
    assert fair.set_details(actors.SYSTEM, {"ends_on": long_ago}) == Refusal("end_too_early")
    assert last_day() == date(2126, 11, 26)


def test_when_the_fair_was_closed_is_known_until_it_opens_again(app):
    def closed_at():
        with db.engine.connect() as connection:
            return connection.execute(select(Fair.closed_at)).scalar_one()

    moment = datetime(2026, 11, 23, 18, tzinfo=UTC)
    with clock.at(moment):
        fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    assert closed_at() == moment
    fair.set_phase(actors.SYSTEM, Phase.OPEN)
    assert closed_at() is None
