"""A connection to the database."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from jobfair.db.transactions import read_transaction
from jobfair.extensions import db
from jobfair.models import Company
from tests.support import factories


@pytest.fixture
def far_away(app):
    """Its owner has set the database to another time zone."""
    if db.engine.dialect.name == "sqlite":
        yield
        return
    setting = f'ALTER DATABASE "{db.engine.url.database}"'
    with db.engine.begin() as connection:
        connection.execute(text(f"{setting} SET timezone = 'Pacific/Auckland'"))
    db.engine.dispose()
    yield
    with db.engine.begin() as connection:
        connection.execute(text(f"{setting} RESET timezone"))


def test_times_come_in_utc_whatever_the_databases_zone(far_away):
    factories.company()
    with read_transaction() as connection:
        created_at = connection.execute(select(Company.created_at)).scalar_one()
    assert created_at.utcoffset() == timedelta(0)
