"""Other companies for a student who will hardly be met: the same sector, and little wait."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

from sqlalchemy import Connection

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.extensions import PerApp
from jobfair.queries.projections import company_directory
from jobfair.queries.student.company_rows import Row, wait_of_a_newcomer
from jobfair.queries.views import CompanyView, Dashboard

SHOWN = 3

KEPT = 12
"""Of this many, the first ones are shown that a student has not met and does not wait for."""

KEPT_SECONDS = 15.0
"""How long what is found for a company counts for everybody who waits there."""

Instead = Mapping[int, tuple[CompanyView, ...]]
"""By the company where somebody waits."""


class _Found:
    """What was found for each company, and when, by a steady clock."""

    def __init__(self) -> None:
        self.by_company: dict[int, tuple[float, tuple[CompanyView, ...]]] = {}


_found = PerApp(_Found)


def instead(page: Dashboard) -> Instead:
    """For each place that will hardly be reached, up to three companies of one of its company's
    sectors with little wait, the shortest first."""
    places = [place for place in page.places if place.hardly_reached(page.phase)]
    if not places:
        return {}
    own = {place.company.id for place in page.places}
    with read_transaction() as connection:
        return {
            place.company.id: tuple(
                each for each in _for_all(connection, place.company.id) if each.id not in own
            )[:SHOWN]
            for place in places
        }


def _for_all(connection: Connection, company_id: int) -> tuple[CompanyView, ...]:
    by_company = _found.get().by_company
    at, companies = by_company.get(company_id, (None, ()))
    now = monotonic()
    if at is None or now - at > KEPT_SECONDS:
        companies = _like(connection, company_id)
        by_company[company_id] = now, companies
    return companies


def _like(connection: Connection, company_id: int) -> tuple[CompanyView, ...]:
    listed = company_directory.shared.get().read(connection)
    sectors = next((each.entry.sectors for each in listed if each.company.id == company_id), ())
    rows = []
    for each in listed:
        if each.company.id != company_id and not each.entry.sectors.isdisjoint(sectors):
            wait, unsaid = wait_of_a_newcomer(connection, each.company, clock.now())
            row = Row(each.company, each.entry.profile, None, wait, False, None, unsaid)
            if row.waits_little:
                rows.append(row)
    rows.sort(key=lambda row: row.order_by_wait)
    return tuple(row.company for row in rows[:KEPT])
