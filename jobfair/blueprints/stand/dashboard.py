"""A stand's screen: the link is its key, there is no account (flow 7)."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from jobfair.blueprints.stand.unknown_link import unknown_link
from jobfair.db.transactions import current_phase
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import CompanyStatus
from jobfair.exceptions import NotFound
from jobfair.live.fragments import Undo
from jobfair.live.pages.stand import STAND
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, queues
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import Committed
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.pages.responses import answer, browse
from jobfair.web.security.sign_in.authentication import company_of, link_of, stand_actor
from jobfair.web.security.stand import stand_devices
from jobfair.wording.queues import stands as stand_words

blueprint = Blueprint("company", __name__, url_prefix=STAND.address)
blueprint.register_error_handler(NotFound, unknown_link)


@blueprint.get("")
def dashboard(token: str) -> Response:
    link = link_of(token)
    letter = stand_devices.letter_of(link)
    if letter is None and link.devices < len(companies.LETTERS):
        letter = companies.give_letter(stand_actor(link.company), link.token)
    page = open_page(STAND, token=token, company_id=link.company.id)
    response = browse(page, letter=letter)
    if letter is not None:
        stand_devices.remember(response, link, letter)
    return response


@blueprint.get("/help")
def help_page(token: str) -> str:
    company = company_of(token)
    return render_template("stand/help.html", company=company, token=token)


@blueprint.post("/queues/<int:entry_id>/start/")
def start(token: str, entry_id: int) -> Response:
    actor = stand_actor(company_of(token))
    outcome = interviews.start_at_stand(actor, entry_id, "out_of_turn" in request.form)
    undo = Undo(f"/company/{token}/queues/{entry_id}/undo-start/", _("Undo the start"))
    return _answer(token, actor, outcome, f"entry-{entry_id}", _("Interview started"), undo)


@blueprint.post("/queues/<int:entry_id>/undo-start/")
def undo_start(token: str, entry_id: int) -> Response:
    """Take back that an interview started; refused beside the seats, as it may have ended."""
    actor = stand_actor(company_of(token))
    outcome = interviews.undo_start(actor, entry_id)
    return _answer(token, actor, outcome, "in-interview", _("Start taken back"))


@blueprint.post("/queues/<int:entry_id>/complete/")
def complete(token: str, entry_id: int) -> Response:
    actor = stand_actor(company_of(token))
    outcome = interviews.complete(actor, entry_id)
    undo = Undo(f"/company/{token}/queues/{entry_id}/undo/", _("Undo the end"))
    return _answer(token, actor, outcome, f"entry-{entry_id}", _("Interview done"), undo)


@blueprint.post("/queues/<int:entry_id>/undo/")
def undo(token: str, entry_id: int) -> Response:
    """Take back that an interview ended; refused beside the seats, as the entry may be gone."""
    actor = stand_actor(company_of(token))
    outcome: Committed | Refusal
    try:
        outcome = interviews.undo_completion(actor, entry_id)
    except NotFound:
        outcome = Refusal(Code.NOTHING_TO_UNDO)
    return _answer(token, actor, outcome, "in-interview", _("The interview goes on"))


@blueprint.post("/queues/<int:entry_id>/absent/")
def absent(token: str, entry_id: int) -> Response:
    actor = stand_actor(company_of(token))
    outcome = queues.absent(actor, entry_id)
    return _answer(
        token, actor, outcome, f"entry-{entry_id}", _("Set aside: the next one is called")
    )


@blueprint.post("/pause")
def pause(token: str) -> Response:
    message = _("Paused: nobody is called")
    return _changed(token, {"status": CompanyStatus.PAUSED}, message)


@blueprint.post("/resume")
def resume(token: str) -> Response:
    message = stand_words.resumed(current_phase())
    return _changed(token, {"status": CompanyStatus.RECRUITING}, message)


@blueprint.post("/queue/close")
def close_queue(token: str) -> Response:
    message = stand_words.queue_closed(current_phase(), company_of(token).recruiting)
    return _changed(token, {"queue_open": False}, message)


@blueprint.post("/queue/open")
def open_queue(token: str) -> Response:
    message = stand_words.queue_opened(current_phase(), company_of(token).recruiting)
    return _changed(token, {"queue_open": True}, message)


def _changed(token: str, changes: dict[str, object], message: str) -> Response:
    actor = stand_actor(company_of(token))
    outcome = companies.edit(actor, actor.company_id, changes)
    return _answer(token, actor, outcome, "stand", message)


def _answer(
    token: str,
    actor: Actor,
    outcome: object,
    subject: str,
    message: str,
    undo: Undo | None = None,
) -> Response:
    page = sent_from(open_page(STAND, token=token, company_id=actor.company_id))
    return answer(page, outcome, subject, message, undo=undo)
