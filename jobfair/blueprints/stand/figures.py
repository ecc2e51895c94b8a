"""What the fair came to for one company, by its link: figures, and nobody's name."""

from __future__ import annotations

from flask import Blueprint, render_template

from jobfair import clock
from jobfair.blueprints.stand.unknown_link import unknown_link
from jobfair.exceptions import NotFound
from jobfair.live.pages.stand import STAND
from jobfair.queries.admin.figures import statistics, told_waits
from jobfair.web.security.sign_in.authentication import company_of
from jobfair.wording.times import local_time
from jobfair.wording.times.lengths import duration

blueprint = Blueprint("figures", __name__, url_prefix=f"{STAND.address}/figures")
blueprint.register_error_handler(NotFound, unknown_link)


@blueprint.get("")
def index(token: str) -> str:
    company = company_of(token)
    hours = statistics.hours_of(company.id, local_time.zone())
    return render_template(
        "stand/figures.html",
        company=company,
        token=token,
        now=clock.now(),
        figures=statistics.of_company(company.id),
        hours=hours,
        told=told_waits.told_waits_of(company.id, local_time.zone()),
        most=max((hour.began for _start, hour in hours), default=0),
        duration=duration,
    )
