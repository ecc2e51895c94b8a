"""What came of the fair: on one sheet of paper, and by hour and stand."""

from __future__ import annotations

from flask import Blueprint

from jobfair import clock
from jobfair.blueprints.admin.records import day_pages, report_pages
from jobfair.queries.admin.figures import past_editions
from jobfair.queries.admin.figures.statistics import (
    by_hour,
    by_studies,
)
from jobfair.queries.admin.records import day_again
from jobfair.services.access.rights import Right
from jobfair.web.security.sign_in.authentication import needs
from jobfair.wording.times import local_time

blueprint = Blueprint("report", __name__, url_prefix="/admin/report")


@blueprint.get("")
@needs(Right.LOOK)
def index() -> str:
    report = past_editions.report_now(local_time.zone())
    return report_pages.show(report, clock.now(), studies=by_studies())


@blueprint.get("/day")
@needs(Right.LOOK)
def day() -> tuple[str, int]:
    """The hall at a minute that is past."""
    return day_pages.show(day_again.day_then, day_again.latest)


@blueprint.get("/hours")
@needs(Right.LOOK)
def hours() -> str:
    """The hours of the stands: a page of all, or all of one hall."""
    return report_pages.show_hours(by_hour(local_time.zone()))
