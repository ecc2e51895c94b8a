"""Forecasts that a test has made up, as if the rest of the day had been played."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert

from jobfair import clock
from jobfair.db.transactions import unlocked_transaction
from jobfair.models import StoredForecast
from jobfair.queries.fair import forecasts, opening_hours
from jobfair.queries.fair.forecasts import CompanyOutlook, Outlook
from jobfair.simulation.forecast import CompanyForecast


@pytest.fixture
def foretell(app, monkeypatch):
    """`foretell(unlikely=[entry ids], unmet={company: (waiting, unmet, low, high, more)})`: what
    the last forecast says, of companies with one seat. The fair closes in three hours."""
    closes_at = clock.now() + timedelta(hours=3)
    monkeypatch.setattr(opening_hours, "closes_at", lambda _connection, _now: closes_at)

    def say(unlikely=(), unmet=None, companies=(), slots=1):
        now = clock.now()
        said = dict.fromkeys(companies, CompanyForecast(2, 1.0, 0, 2))
        outlooks = {each: CompanyOutlook(it, slots, None) for each, it in said.items()}
        for company_id, figures in (unmet or {}).items():
            outlooks[company_id] = CompanyOutlook(CompanyForecast(*figures), slots, now)
        stored = forecasts.to_stored(Outlook(now, closes_at, frozenset(unlikely), {}, outlooks))
        with unlocked_transaction() as connection:
            connection.execute(delete(StoredForecast))
            connection.execute(
                insert(StoredForecast).values(
                    id=1, claimed_at=now, made_at=now, closes_at=closes_at, said=stored
                )
            )
        forecasts.look()

    return say
