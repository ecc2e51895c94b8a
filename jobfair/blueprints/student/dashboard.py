"""A student's own page, and the one about the interview that is running."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_login import current_user

from jobfair.live.pages.student import DASHBOARD, INTERVIEW
from jobfair.queries.student import places
from jobfair.web.pages.open_pages import own_page
from jobfair.web.pages.responses import see_other, show
from jobfair.web.security.sign_in.authentication import student_only

blueprint = Blueprint("dashboard", __name__)


@blueprint.get(DASHBOARD.address)
@student_only
def index() -> str:
    return show(own_page(DASHBOARD))


@blueprint.get(INTERVIEW.address)
@student_only
def interview() -> str | Response:
    """The interview that is running; without one there is nothing here to wait for."""
    if places.dashboard(current_user.student_id).running is None:
        return see_other(DASHBOARD.address)
    return show(own_page(INTERVIEW))
