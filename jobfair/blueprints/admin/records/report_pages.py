"""The pages of a report, of the fair as it is or of a past edition."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from jobfair.fields.input.folding import folded
from jobfair.queries.admin.figures import heat_map
from jobfair.queries.admin.figures.past_editions import PastEdition, Report
from jobfair.queries.admin.figures.statistics import (
    CompanyFigures,
    HourMap,
    Span,
    Statistics,
)
from jobfair.queries.admin.lists.page import page_of
from jobfair.wording.times import local_time
from jobfair.wording.times.lengths import duration

MOST_HOURS = 12
MOST_COMPANIES = 8


def show(report: Report, at: datetime, edition: PastEdition | None = None, **more: Any) -> str:
    """The report of the fair as it was at that moment, or of a past edition."""
    found = report.statistics
    busiest = _hours(found)
    return render_template(
        "admin/report.html",
        now=at,
        edition=edition,
        statistics=found,
        hours=busiest,
        most=max((hour.began for hour in busiest), default=0),
        busiest=found.busiest_hours(local_time.zone()),
        first=_first(found.companies),
        sectors=report.sectors,
        told=report.told,
        duration=duration,
        **more,
    )


def show_hours(found: HourMap, edition: PastEdition | None = None) -> str:
    """The hours of the stands, of the fair or of a past edition."""
    hall, measure = request.args.get("hall", ""), request.args.get("show", "")
    measure = measure if measure in heat_map.MEASURES else heat_map.MEASURES[0]
    chosen = [each for each in found.stands if not hall or folded(each.hall or "") == folded(hall)]
    page = page_of(chosen, request.args.get("page", 1, type=int))
    return render_template(
        "admin/report_hours.html",
        map=heat_map.drawn(found, chosen if hall else page.lines, measure),
        size=heat_map,
        page=page,
        edition=edition,
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
