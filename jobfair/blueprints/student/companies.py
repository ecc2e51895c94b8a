"""The companies that a student may join, and the page behind a company's poster."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _

from jobfair.domain.refusals import Refusal
from jobfair.live.pages.student import ARRIVAL, COMPANIES, DASHBOARD
from jobfair.services import queues
from jobfair.web.open_pages import own_page, sent_from
from jobfair.web.responses import answer, show
from jobfair.web.security.authentication import current_actor, student_only
from jobfair.web.security.rate_limits import joins_per_student

blueprint = Blueprint("companies", __name__)


@blueprint.get(COMPANIES.address)
@student_only
def index() -> str:
    return show(own_page(COMPANIES))


@blueprint.get(ARRIVAL.address)
@student_only
def arrive(company_id: int) -> str:
    """Where a company's poster leads. Looking joins nothing: cameras and messengers look too."""
    return show(own_page(ARRIVAL, company_id=company_id))


@blueprint.post("/companies/<int:company_id>/join")
@student_only
@joins_per_student
def join(company_id: int) -> Response:
    outcome = queues.join(current_actor(), company_id)
    message = ""
    if not isinstance(outcome, Refusal):
        message = _("Registered at position %(number)d", number=outcome.position)
    page, dashboard = sent_from(own_page(DASHBOARD)), own_page(DASHBOARD)
    # Behind a poster there is nothing more to do; in the list there is.
    then = dashboard if page.page is ARRIVAL else page
    return answer(page, outcome, f"company-{company_id}", message, then)
