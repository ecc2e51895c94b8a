"""A student says whether stands may call them."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _

from jobfair.domain.state import StudentStatus
from jobfair.live.pages.student import DASHBOARD
from jobfair.services.queues import presence
from jobfair.web.pages.open_pages import own_page, sent_from
from jobfair.web.pages.responses import answer
from jobfair.web.security.sign_in.authentication import current_actor, student_only
from jobfair.wording.queues import turns

blueprint = Blueprint("status", __name__, url_prefix="/status")


@blueprint.post("/pause")
@student_only
def pause() -> Response:
    return _changed(StudentStatus.PAUSED, turns.paused())


@blueprint.post("/available")
@student_only
def available() -> Response:
    return _changed(StudentStatus.AVAILABLE, _("You are available"))


def _changed(status: StudentStatus, message: str) -> Response:
    outcome = presence.change_status(current_actor(), status)
    return answer(sent_from(own_page(DASHBOARD)), outcome, "status", message)
