"""A stand's screen: the link is its key, there is no account (flow 7)."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from jobfair.domain.state import CompanyStatus
from jobfair.exceptions import NotFound
from jobfair.live.fragments import COMPANY_DASHBOARD
from jobfair.queries import messages
from jobfair.queries.messages import Message
from jobfair.queries.stand import stands
from jobfair.queries.views import Stand
from jobfair.services import companies, interviews, queues
from jobfair.web import errors
from jobfair.web.responses import Shown, answer
from jobfair.web.security.authentication import company_of, stand_actor
from jobfair.wording.refusals import Voice

blueprint = Blueprint("company", __name__, url_prefix="/company/<token>")


@blueprint.errorhandler(NotFound)
def unknown_link(error: NotFound) -> tuple[str, int] | BaseResponse:
    if error.what != "company":
        return errors.not_found(error)
    sentence = _(
        "This link opens no stand. It may have been replaced: ask the organisers for the new one."
    )
    return errors.unknown_link(_("Invalid token"), sentence)


def dashboard_page(token: str, company_id: int, whole: bool = False) -> dict[str, object]:
    """What a stand's screen shows; of long lists only the head, unless the whole is wanted."""
    return stand_page(token, stands.stand(company_id, whole), messages.latest_to_everyone())


def stand_page(token: str, stand: Stand, message: Message | None) -> dict[str, object]:
    """The context of a stand's screen."""
    return {"stand": stand, "notes": stand.notes, "message": message, "token": token}


def shown(token: str, company_id: int, whole: bool = False) -> Shown:
    """The stand's screen as its devices have it open."""
    address = f"/company/{token}"
    return Shown(COMPANY_DASHBOARD, address, lambda: dashboard_page(token, company_id, whole))


@blueprint.get("", strict_slashes=False)
def dashboard(token: str) -> str:
    company_id = company_of(token).id
    whole = "all" in request.args
    live_url = f"/live/company/{token}" + ("?all" if whole else "")
    return shown(token, company_id, whole).render(live_url=live_url)


@blueprint.get("/help")
def help_page(token: str) -> str:
    company = company_of(token)
    return render_template("stand/help.html", company=company, token=token)


@blueprint.post("/queues/<int:entry_id>/start/", strict_slashes=False)
def start(token: str, entry_id: int) -> Response:
    actor = stand_actor(company_of(token))
    out_of_turn = "out_of_turn" in request.form
    outcome = interviews.start_at_stand(actor, entry_id, out_of_turn)
    return _answer(token, actor.company_id, outcome, f"entry-{entry_id}", _("Interview started"))


@blueprint.post("/queues/<int:entry_id>/complete/", strict_slashes=False)
def complete(token: str, entry_id: int) -> Response:
    actor = stand_actor(company_of(token))
    outcome = interviews.complete(actor, entry_id)
    return _answer(token, actor.company_id, outcome, f"entry-{entry_id}", _("Interview done"))


@blueprint.post("/queues/<int:entry_id>/undo/", strict_slashes=False)
def undo(token: str, entry_id: int) -> Response:
    """Take back that an interview ended; refused beside the list, as the entry may be gone."""
    actor = stand_actor(company_of(token))
    outcome = interviews.undo_completion(actor, entry_id)
    message = _("The interview goes on")
    return _answer(token, actor.company_id, outcome, "completed", message)


@blueprint.post("/queues/<int:entry_id>/absent/", strict_slashes=False)
def absent(token: str, entry_id: int) -> Response:
    actor = stand_actor(company_of(token))
    outcome = queues.absent(actor, entry_id)
    message = _("Set aside: the next one is called")
    return _answer(token, actor.company_id, outcome, f"entry-{entry_id}", message)


@blueprint.post("/pause")
def pause(token: str) -> Response:
    message = _("Paused: nobody is called")
    return _changed(token, {"status": CompanyStatus.PAUSED}, message)


@blueprint.post("/resume")
def resume(token: str) -> Response:
    return _changed(token, {"status": CompanyStatus.RECRUITING}, _("The stand is open again"))


@blueprint.post("/queue/close")
def close_queue(token: str) -> Response:
    message = _("Queue closed: nobody joins, calling goes on")
    return _changed(token, {"queue_open": False}, message)


@blueprint.post("/queue/open")
def open_queue(token: str) -> Response:
    return _changed(token, {"queue_open": True}, _("The queue is open"))


def _changed(token: str, changes: dict[str, object], message: str) -> Response:
    actor = stand_actor(company_of(token))
    outcome = companies.edit(actor, actor.company_id, changes)
    return _answer(token, actor.company_id, outcome, "stand", message)


def _answer(token: str, company_id: int, outcome: object, subject: str, message: str) -> Response:
    """The answer to a stand's action, which is about somebody else."""
    return answer(shown(token, company_id), outcome, subject, message, Voice.ABOUT_ANOTHER)
