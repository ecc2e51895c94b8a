"""What came of the fair: on one sheet of paper, and by hour and stand."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from jobfair import clock
from jobfair.fields.folding import folded
from jobfair.queries.admin import heat_map
from jobfair.queries.admin.lists.page import page_of
from jobfair.queries.admin.statistics import (
    CompanyFigures,
    HourMap,
    Span,
    Statistics,
    by_hour,
    by_sector,
    by_studies,
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
    busiest = _hours(found)
    return render_template(
        "admin/report.html",
        now=clock.now(),
        statistics=found,
        hours=busiest,
        most=max((hour.began for hour in busiest), default=0),
        busiest=found.busiest_hours(local_time.zone()),
        first=_first(found.companies),
        sectors=by_sector(),
        studies=by_studies(),
        duration=duration,
    )


@blueprint.get("/hours")
@needs(Right.LOOK)
def hours() -> str:
    """The hours of the stands: a page of all, or all of one hall."""
    found = by_hour(local_time.zone())
    hall, measure = request.args.get("hall", ""), request.args.get("show", "")
    measure = measure if measure in heat_map.MEASURES else heat_map.MEASURES[0]
    chosen = [each for each in found.stands if not hall or folded(each.hall or "") == folded(hall)]
    page = page_of(chosen, request.args.get("page", 1, type=int))
    return render_template(
        "admin/report_hours.html",
        map=heat_map.drawn(found, chosen if hall else page.lines, measure),
        size=heat_map,
        page=page,
        measure=measure,
        hall=hall,
        halls=[("", _("Every hall")), *((each, each) for each in _halls(found))],
    )


def _halls(found: HourMap) -> list[str]:
    return sorted({each.hall for each in found.stands if each.hall}, key=folded)


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
