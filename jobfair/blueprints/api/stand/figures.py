"""What the fair came to for one company, by its link, through JSON: figures, and nobody's name."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import Blueprint

from jobfair.blueprints.api.calls import answers
from jobfair.blueprints.api.links import link_only
from jobfair.blueprints.api.shapes.organisers import InterviewFigures
from jobfair.blueprints.api.stand import shapes
from jobfair.queries.admin.figures import statistics, told_waits
from jobfair.queries.views import CompanyView
from jobfair.wording.times import local_time

blueprint = Blueprint("api_figures", __name__, url_prefix="/api/company/<token>/figures")


@blueprint.get("/")
@answers("Show what the fair came to for the company", shapes.StandFigures, anyone=True)
@link_only
def show(company: CompanyView) -> shapes.StandFigures:
    figures = statistics.of_company(company.id)
    told = told_waits.told_waits_of(company.id, local_time.zone()).overall
    hours = statistics.hours_of(company.id, local_time.zone())
    return shapes.StandFigures(
        figures=InterviewFigures(**_in_seconds(figures), completion_rate=figures.completion_rate),
        hours=[shapes.InterviewHour(start=start, **_in_seconds(hour)) for start, hour in hours],
        told_waits=shapes.ToldWaits(**_in_seconds(told), share_kept=told.share_kept),
    )


def _in_seconds(figures: Any) -> dict[str, Any]:
    """The fields of a dataclass of figures, with its spans in seconds."""
    return {
        name: round(value.total_seconds()) if isinstance(value, timedelta) else value
        for name, value in asdict(figures).items()
    }
