"""What a student was told today, and putting away what the organisers say."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from jobfair.fields.fair.messages import PutAway
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.live.pages.student import DASHBOARD, NOTIFICATIONS
from jobfair.services.fair import messages
from jobfair.web.pages.open_pages import own_page, sent_from
from jobfair.web.pages.responses import answer, show
from jobfair.web.security.sign_in.authentication import current_actor, student_only

blueprint = Blueprint("notifications", __name__, url_prefix=NOTIFICATIONS.address)


@blueprint.get("")
@student_only
def index() -> str:
    return show(own_page(NOTIFICATIONS))


@blueprint.post("/put-away")
@student_only
def put_away() -> Response:
    """Put away what the page has shown: it stays among the notifications."""
    shown = parse(PutAway, request.form)
    if isinstance(shown, Invalid):
        raise BadRequest
    messages.put_away(current_actor(), shown.number)
    kept = _("Put away: you find it again under Notifications")
    return answer(sent_from(own_page(DASHBOARD)), None, "messages", kept)
