"""What came of the fair, on one sheet of paper."""

from __future__ import annotations

from flask import Blueprint, render_template

from jobfair import clock
from jobfair.queries.admin.statistics import (
    CompanyFigures,
    Span,
    Statistics,
    statistics,
)
from jobfair.services.access.rights import Right
from jobfair.web.security.authentication import needs
from jobfair.wording import local_time
from jobfair.wording.lengths import duration

MOST_HOURS = 12
MOST_COMPANIES = 8

blueprint = Blueprint("report", __name__, url_prefix="/admin/report")


@blueprint.get("")
@needs(Right.LOOK)
def index() -> str:
    found = statistics()
    hours = _hours(found)
    return render_template(
        "admin/report.html",
        now=clock.now(),
        statistics=found,
        hours=hours,
        most=max((hour.began for hour in hours), default=0),
        busiest=found.busiest_hours(local_time.zone()),
        first=_first(found.companies),
        duration=duration,
    )


def _hours(found: Statistics) -> list[Span]:
    """The busiest hours in the order of the day, as many as one sheet holds."""
    busiest = found.busiest_hours(local_time.zone(), MOST_HOURS)
    return sorted(busiest, key=lambda hour: hour.start)


def _first(companies: tuple[CompanyFigures, ...]) -> list[CompanyFigures]:
    """The companies with the most interviews; none where all of them fit on the sheet."""
    if len(companies) <= MOST_COMPANIES:
        return []
    most = sorted(companies, key=lambda company: -company.figures.done)
    return most[:MOST_COMPANIES]
