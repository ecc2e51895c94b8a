"""The fair's last day."""

from datetime import date, timedelta

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.domain.refusals import Refusal
from jobfair.queries.admin import retention
from jobfair.services import fair
from jobfair.unit_of_work import actors


def last_day():
    with read_transaction() as connection:
        return retention.retention_period_of(connection).ends_on


def test_a_day_too_long_ago_is_refused_and_the_one_before_stays(app):
    assert fair.set_end(actors.SYSTEM, date(2126, 11, 26)) is None
    long_ago = clock.now().date() - timedelta(days=400)
    assert fair.set_end(actors.SYSTEM, long_ago) == Refusal("end_too_early")
    assert last_day() == date(2126, 11, 26)
