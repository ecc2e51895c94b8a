"""The streams of open pages. They answer 401 or 404 and never redirect."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, request
from flask_login import current_user

from jobfair.blueprints.public.hall import hall_page
from jobfair.blueprints.stand.dashboard import stand_page
from jobfair.blueprints.student.entries import companies_page, notifications_page, profile_page
from jobfair.blueprints.student.history import interview_page
from jobfair.exceptions import NotFound
from jobfair.feed.viewer import Viewer
from jobfair.live.dashboard_screen import DashboardScreen, RenderedScreen
from jobfair.live.fragments import (
    HALL,
    STUDENT_COMPANIES,
    STUDENT_INTERVIEW,
    STUDENT_NOTIFICATIONS,
    STUDENT_PROFILE,
)
from jobfair.live.stand_screen import StandScreen
from jobfair.live.stream import respond
from jobfair.queries.public import hall
from jobfair.queries.stand import stands
from jobfair.queries.stand.stands import Link
from jobfair.queries.student import places
from jobfair.web.security.authentication import link_of, still_signed_in, student_only

blueprint = Blueprint("stream", __name__, url_prefix="/live")

PATIENCE_SECONDS = 1.0
"""How long a listing or a stand waits with what others do elsewhere: each is in several queues,
and their every step would render all of those."""
HALL_PATIENCE_SECONDS = 0.5


def account_viewer(*extra_topics: str) -> Viewer:
    """The signed-in viewer of a stream; a page that shows more names what it listens to."""
    sign_in_id, student_id = current_user.sign_in_id, current_user.student_id
    own = "everything" if student_id is None else f"student:{student_id}"
    return Viewer(
        group="admin" if student_id is None else f"student_{student_id}",
        topics=("fair", f"sign_in:{sign_in_id}", own, *extra_topics),
        allowed=lambda: still_signed_in(sign_in_id),
        memberships=lambda: () if student_id is None else places.memberships(student_id),
        student_id=student_id,
        is_admin=student_id is None,
    )


def _student(*extra_topics: str) -> Viewer:
    """The viewer of a student's page. One that listens for others hears what any of them shows."""
    if "others" not in request.args:
        return account_viewer(*extra_topics)
    return replace(account_viewer("companies"), has_others=True)


def link_viewer(link: Link) -> Viewer:
    """The viewer of a stream that a company's link opens, once it may be used."""
    company_id = link.company.id

    def allowed() -> bool:
        try:
            now = stands.link(link.token)
        except NotFound:
            return False
        return now.company.id == company_id and now.pin_hash in (None, link.pin_hash)

    return Viewer(
        group=f"company_{link.token}",
        topics=("fair", f"company:{company_id}", f"stand:{company_id}"),
        allowed=allowed,
        company_id=company_id,
    )


def hall_viewer(token: str) -> Viewer:
    """The viewer of the hall's screen: nobody in particular. Raises NotFound."""
    hall.check(token)

    def allowed() -> bool:
        try:
            hall.check(token)
        except NotFound:
            return False
        return True

    return Viewer(group="hall", topics=("fair", "companies"), allowed=allowed)


@blueprint.get("/dashboard")
@student_only
def dashboard() -> Response:
    return respond(_student(), DashboardScreen(current_user.student_id))


@blueprint.get("/companies")
@student_only
def companies() -> Response:
    student_id = current_user.student_id
    screen = RenderedScreen(
        STUDENT_COMPANIES,
        lambda: companies_page(student_id),
        patience=PATIENCE_SECONDS,
        student_id=student_id,
    )
    return respond(_student("companies"), screen)


@blueprint.get("/interview")
@student_only
def interview() -> Response:
    student_id = current_user.student_id
    screen = RenderedScreen(
        STUDENT_INTERVIEW, lambda: interview_page(student_id), student_id=student_id
    )
    return respond(_student(), screen)


@blueprint.get("/notifications")
@student_only
def notifications() -> Response:
    student_id = current_user.student_id
    screen = RenderedScreen(
        STUDENT_NOTIFICATIONS, lambda: notifications_page(student_id), student_id=student_id
    )
    return respond(_student(), screen)


@blueprint.get("/profile")
@student_only
def profile() -> Response:
    student_id = current_user.student_id
    screen = RenderedScreen(
        STUDENT_PROFILE, lambda: profile_page(student_id), student_id=student_id
    )
    return respond(_student(), screen)


@blueprint.get("/company/<token>")
def company(token: str) -> Response:
    viewer = link_viewer(link_of(token))
    assert viewer.company_id is not None
    company_id, whole = viewer.company_id, "all" in request.args
    screen = StandScreen(
        company_id,
        PATIENCE_SECONDS,
        lambda: stands.stand(company_id, whole),
        partial(stand_page, token),
    )
    return respond(viewer, screen)


@blueprint.get("/hall/<token>")
def hall_screen(token: str) -> Response:
    screen = RenderedScreen(HALL, hall_page, patience=HALL_PATIENCE_SECONDS)
    return respond(hall_viewer(token), screen)
