"""What students do with their places in queues."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import BadRequest

from jobfair.domain.events import Left
from jobfair.domain.refusals import Refusal
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.fields.queues.calls import ShownCall
from jobfair.live.fragments import Undo
from jobfair.live.pages.student import DASHBOARD
from jobfair.queries.student import places
from jobfair.services.queues import interviews, queues
from jobfair.web.pages.open_pages import own_page, sent_from
from jobfair.web.pages.responses import answer
from jobfair.web.security.sign_in.authentication import current_actor, student_only

blueprint = Blueprint("entries", __name__, url_prefix="/entries")


@blueprint.post("/<int:entry_id>/leave")
@student_only
def leave(entry_id: int) -> Response:
    outcome = queues.leave(current_actor(), entry_id)
    company = places.place(entry_id).company.name
    return _answer(entry_id, outcome, _("You left the queue of %(company)s", company=company))


@blueprint.post("/leave-all")
@student_only
def leave_all() -> Response:
    outcome = queues.leave_all(current_actor())
    left = 0 if isinstance(outcome, Refusal) else len(outcome.events(Left))
    message = ngettext("You left %(num)d queue", "You left %(num)d queues", left)
    return answer(sent_from(own_page(DASHBOARD)), outcome, "queues", message)


@blueprint.post("/<int:entry_id>/start")
@student_only
def start(entry_id: int) -> Response:
    outcome = interviews.start(current_actor(), entry_id)
    undo = Undo(f"/entries/{entry_id}/undo-start", _("Undo the start"))
    return _answer(entry_id, outcome, _("Interview started"), undo)


@blueprint.post("/<int:entry_id>/undo-start")
@student_only
def undo_start(entry_id: int) -> Response:
    """Take back a start; refused beside the running interview."""
    outcome = interviews.undo_start(current_actor(), entry_id)
    return _answer(entry_id, outcome, _("Start taken back: you wait again"))


@blueprint.post("/<int:entry_id>/call-receipt")
@student_only
def call_receipt(entry_id: int) -> tuple[str, int]:
    """Sent by the page itself when it has shown a call, so there is nothing to answer."""
    shown = parse(ShownCall, request.form)
    if isinstance(shown, Invalid):
        raise BadRequest
    queues.see_call(current_actor(), entry_id, shown.turn)
    return "", 204


@blueprint.post("/<int:entry_id>/hold")
@student_only
def hold(entry_id: int) -> Response:
    outcome = queues.say_coming(current_actor(), entry_id)
    return _answer(entry_id, outcome, _("The stand knows that you are coming"))


@blueprint.post("/<int:entry_id>/pass")
@student_only
def pass_turn(entry_id: int) -> Response:
    outcome = queues.pass_turn(current_actor(), entry_id)
    message = _("Turn skipped: your place is kept until you say that you are here")
    return _answer(entry_id, outcome, message)


@blueprint.post("/<int:entry_id>/presence")
@student_only
def presence(entry_id: int) -> Response:
    outcome = queues.present(current_actor(), entry_id)
    return _answer(entry_id, outcome, _("Welcome back in the queue"))


def _answer(entry_id: int, outcome: object, message: str, undo: Undo | None = None) -> Response:
    page = sent_from(own_page(DASHBOARD))
    return answer(page, outcome, f"entry-{entry_id}", message, undo=undo)
