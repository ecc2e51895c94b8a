"""A stand's word to its own queue."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from jobfair.blueprints.stand.unknown_link import unknown_link
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.fields.queues.door_signs import SignPutUp
from jobfair.live.pages.stand import STAND
from jobfair.services.queues import door_signs
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.pages.responses import answer, show, wants_fragments
from jobfair.web.security.limits.rate_limits import door_signs_per_link
from jobfair.web.security.sign_in.authentication import company_of, stand_actor

SUBJECT = "door-sign"

blueprint = Blueprint("door_sign", __name__, url_prefix=f"{STAND.address}/sign")
blueprint.register_error_handler(NotFound, unknown_link)


@blueprint.post("")
@door_signs_per_link
def put_up(token: str) -> Response | tuple[str, int]:
    actor = stand_actor(company_of(token))
    page = sent_from(open_page(STAND, token=token, company_id=actor.company_id))
    given = parse(SignPutUp, request.form)
    if isinstance(given, Invalid):
        sentence = " ".join(given.errors.values())
        if wants_fragments():
            return answer(page, Refusal(RequestCode.INVALID, {"reason": sentence}), SUBJECT, "")
        # Without a script the page is loaded again, with what was typed.
        return show(page, refused={SUBJECT: sentence}, typed_sign=request.form.get("text", "")), 400
    outcome = door_signs.put_up(actor, **given.model_dump())
    return answer(page, outcome, SUBJECT, _("Those who wait read it now"))


@blueprint.post("/remove")
@door_signs_per_link
def take_down(token: str) -> Response:
    actor = stand_actor(company_of(token))
    page = sent_from(open_page(STAND, token=token, company_id=actor.company_id))
    return answer(page, door_signs.take_down(actor), SUBJECT, _("Nobody reads it any more"))
