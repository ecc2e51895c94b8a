"""A stand puts away what the organisers say."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from jobfair.blueprints.stand.unknown_link import unknown_link
from jobfair.exceptions import NotFound
from jobfair.fields.fair.messages import PutAway
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.live.pages.stand import STAND
from jobfair.services.fair import messages
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.pages.responses import answer
from jobfair.web.security.sign_in.authentication import company_of, stand_actor

blueprint = Blueprint("stand_messages", __name__, url_prefix=f"{STAND.address}/messages")
blueprint.register_error_handler(NotFound, unknown_link)


@blueprint.post("/put-away")
def put_away(token: str) -> Response:
    actor = stand_actor(company_of(token))
    shown = parse(PutAway, request.form)
    if isinstance(shown, Invalid):
        raise BadRequest
    messages.put_away_at_stand(actor, shown.number)
    page = sent_from(open_page(STAND, token=token, company_id=actor.company_id))
    return answer(page, None, "messages", _("Put away"))
