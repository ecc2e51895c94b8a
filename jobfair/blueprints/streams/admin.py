"""The streams of the organisers' pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, request

from jobfair.blueprints.admin.companies import company as company_page
from jobfair.blueprints.admin.fair import messages as messages_page
from jobfair.blueprints.admin.fair import overview as overview_page
from jobfair.blueprints.admin.pages import (
    COMPANY,
    MESSAGES,
    OVERVIEW,
    STUDENT,
)
from jobfair.blueprints.admin.students import student as student_page
from jobfair.blueprints.streams.page_streams import account_viewer
from jobfair.exceptions import NotFound
from jobfair.feed.viewer import Viewer
from jobfair.live.dashboard_screen import RenderedScreen
from jobfair.live.stream import respond
from jobfair.queries.admin import roster
from jobfair.queries.stand import stands
from jobfair.web.security.authentication import admin_only

PATIENCE_SECONDS = 0.5
OVERVIEW_PATIENCE_SECONDS = 1.0

blueprint = Blueprint("live", __name__, url_prefix="/live/admin")


@blueprint.get("/overview")
@admin_only
def overview() -> Response:
    screen = RenderedScreen(OVERVIEW, overview_page.load, OVERVIEW_PATIENCE_SECONDS, ages=True)
    return respond(account_viewer(), screen)


@blueprint.get("/messages")
@admin_only
def messages() -> Response:
    return respond(account_viewer(), RenderedScreen(MESSAGES, messages_page.load, PATIENCE_SECONDS))


@blueprint.get("/lists")
@admin_only
def lists() -> Response:
    """For a page that asks for its list itself, whenever it hears that something changed."""
    return respond(account_viewer())


@blueprint.get("/companies/<int:company_id>")
@admin_only
def company(company_id: int) -> Response:
    load = partial(company_page.load, company_id, "all" in request.args)
    viewer = _viewer_while(partial(stands.company_by_id, company_id))
    return respond(viewer, RenderedScreen(COMPANY, load, PATIENCE_SECONDS))


@blueprint.get("/students/<int:student_id>")
@admin_only
def student(student_id: int) -> Response:
    load = partial(student_page.load, student_id)
    viewer = _viewer_while(partial(roster.student, student_id))
    return respond(viewer, RenderedScreen(STUDENT, load, PATIENCE_SECONDS))


def _viewer_while(look: Callable[[], object]) -> Viewer:
    """The admin, as long as what they look at is there. Raises NotFound when it is not."""
    look()
    viewer = account_viewer()

    def allowed() -> bool:
        try:
            look()
        except NotFound:
            return False
        return viewer.allowed()

    return replace(viewer, allowed=allowed)
