"""What the organisers say: to everyone, to one company's queue, or to one student."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import Saying, chosen_company
from jobfair.domain.events import Audience, MessageSent
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.parsing import Invalid, parse
from jobfair.live.pages.admin import MESSAGES
from jobfair.queries.admin import directory, roster
from jobfair.queries.views import StudentView
from jobfair.services import messages as sending
from jobfair.unit_of_work.transaction import Committed
from jobfair.web.open_pages import open_page
from jobfair.web.refusals import refuse
from jobfair.web.responses import redirect_with_message, show
from jobfair.web.security.authentication import admin_only, current_actor

blueprint = Blueprint("messages", __name__, url_prefix=MESSAGES.address)


@blueprint.get("")
@admin_only
def index() -> str:
    """The form to everyone, or to the queue of the company that the address names."""
    company = request.args.get("company", "")
    audience = Audience.QUEUE if company else Audience.EVERYONE
    return _page({"audience": audience, "company": company}, {})


@blueprint.post("")
@admin_only
def send() -> Response | tuple[str, int]:
    given = parse(Saying, request.form)
    if isinstance(given, Invalid):
        return _page(request.form, given.errors), 400
    match request.form.get("audience"):
        case Audience.QUEUE:
            return _to_queue(given.text)
        case Audience.EVERYONE:
            sending.to_everyone(current_actor(), given.text)
            return _sent(_("Sent to everyone"))
        case _:
            return _page(request.form, {"audience": _("Say whom it is for.")}), 400


@blueprint.get("/students/<int:student_id>")
@admin_only
def to_student(student_id: int) -> str:
    return _page({}, {}, roster.student(student_id))


@blueprint.post("/students/<int:student_id>")
@admin_only
def send_to_student(student_id: int) -> Response | tuple[str, int]:
    student = roster.student(student_id)
    given = parse(Saying, request.form)
    if isinstance(given, Invalid):
        return _page(request.form, given.errors, student), 400
    sending.to_student(current_actor(), student_id, given.text)
    return _sent(_("Sent to %(name)s", name=student.full_name))


def _to_queue(text: str) -> Response | tuple[str, int]:
    company_id = chosen_company(request.form)
    outcome: Committed | Refusal = Refusal(RequestCode.UNKNOWN_COMPANY)
    if company_id is not None:
        outcome = sending.to_queue(current_actor(), company_id, text)
    if isinstance(outcome, Refusal):
        refused = refuse(outcome)
        return _page(request.form, refused.errors), refused.status
    recipients = len(outcome.events(MessageSent)[0].students)
    return _sent(ngettext("Sent to %(num)d student", "Sent to %(num)d students", recipients))


def _sent(message: str) -> Response:
    return redirect_with_message(message, MESSAGES.address)


def _page(values: Any, errors: dict[str, str], student: StudentView | None = None) -> str:
    return show(
        open_page(MESSAGES),
        values=values,
        errors=errors,
        student=student,
        company_names=directory.company_names(),
    )
