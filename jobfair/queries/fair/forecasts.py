"""The last forecast, as pages show it: who will hardly be met before the close.

Each process keeps the last one, and looks for a newer one every few seconds by its own loop
(`server/forecast_loop.py`): no page reads it from the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from jobfair import clock
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import read_transaction
from jobfair.domain.state import EntryState
from jobfair.extensions import PerApp
from jobfair.models import StoredForecast
from jobfair.queries.fair import opening_hours
from jobfair.queries.views import CompanyView, Place
from jobfair.simulation.forecast import CompanyForecast

SHOWN_FOR = timedelta(minutes=15)
"""A forecast that is older is not shown: too much has happened since."""


@dataclass(frozen=True, slots=True)
class CompanyOutlook:
    """The forecast for a company. `slots` is the number at that time. `since` is when forecasts
    began to say that many will not be met, None if this one does not say so."""

    forecast: CompanyForecast
    slots: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast, made of the fair as it was at `made_at`.

    `unlikely` are the entries that will hardly be reached before the close. A student who has
    joined a queue behind a position of `beyond` since will not be, either.
    """

    made_at: datetime
    closes_at: datetime
    unlikely: frozenset[int] = frozenset()
    beyond: Mapping[int, int] = field(default_factory=dict)
    companies: Mapping[int, CompanyOutlook] = field(default_factory=dict)

    def is_unlikely(self, place: Place, company: CompanyView) -> bool:
        """Whether a waiting place will hardly be reached; never of one that is called or aside, nor
        where the stand has another number of seats by now."""
        if place.state is not EntryState.WAITING or place.turn is not None or place.aside:
            return False
        before = self.companies.get(company.id)
        if before is None or before.slots != company.slots:
            return False
        beyond = self.beyond.get(company.id)
        return place.id in self.unlikely or (
            beyond is not None and place.position is not None and place.position > beyond
        )


def to_stored(outlook: Outlook) -> dict[str, Any]:
    """What a forecast says, as it is kept in the database."""
    return {
        "unlikely": sorted(outlook.unlikely),
        "beyond": [*outlook.beyond.items()],
        "companies": [
            {
                "id": company_id,
                "waiting": each.forecast.waiting,
                "unmet": each.forecast.unmet,
                "low": each.forecast.low,
                "high": each.forecast.high,
                "more": each.forecast.more,
                "slots": each.slots,
                "since": each.since and each.since.isoformat(),
            }
            for company_id, each in outlook.companies.items()
        ],
    }


def _from_stored(made_at: datetime, closes_at: datetime, said: Mapping[str, Any]) -> Outlook:
    companies = {
        each["id"]: CompanyOutlook(
            CompanyForecast(
                each["waiting"], each["unmet"], each["low"], each["high"], each["more"]
            ),
            each["slots"],
            each["since"] and datetime.fromisoformat(each["since"]),
        )
        for each in said["companies"]
    }
    beyond = dict(said["beyond"])
    return Outlook(made_at, closes_at, frozenset(said["unlikely"]), beyond, companies)


class _Kept:
    """The forecast read last."""

    def __init__(self) -> None:
        self.outlook: Outlook | None = None


_kept = PerApp(_Kept)
_NEWEST = CompiledStatement(select(StoredForecast.made_at, StoredForecast.closes_at))
_SAID = CompiledStatement(select(StoredForecast.said))


def look() -> None:
    """Keep the last forecast, unless the closing hour has changed since."""
    kept = _kept.get()
    with read_transaction() as connection:
        made_at, closes_at = next(iter(_NEWEST.rows(connection)), (None, None))
        if (
            made_at is None
            or closes_at is None
            or closes_at != opening_hours.closes_at(connection, clock.now())
        ):
            kept.outlook = None
        elif kept.outlook is None or kept.outlook.made_at != made_at:
            ((said,),) = _SAID.rows(connection)
            kept.outlook = None if said is None else _from_stored(made_at, closes_at, said)


def current() -> Outlook | None:
    """The last forecast that this process knows; None where there is none, or it is too old."""
    outlook = _kept.get().outlook
    if outlook is None:
        return None
    now = clock.now()
    is_shown = now - outlook.made_at <= SHOWN_FOR and now < outlook.closes_at
    return outlook if is_shown else None
