"""What the organisers say: to everyone, to one company's queue, or to one student."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request, session
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.chosen_company import PICKED, chosen_company, companies_meant
from jobfair.blueprints.admin.confirmation import BACK, confirmation
from jobfair.blueprints.admin.forms import Saying
from jobfair.domain.events import Audience, MessageSent
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.live.pages.admin import MESSAGES
from jobfair.queries.admin import roster
from jobfair.queries.admin.fair import overview
from jobfair.queries.admin.lists import directory
from jobfair.queries.stand import stands
from jobfair.queries.views import CompanyView, StudentView
from jobfair.services.access.rights import Right
from jobfair.services.fair import messages as sending
from jobfair.web.pages.open_pages import open_page
from jobfair.web.pages.responses import answer, redirect_with_message, show
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs

ASKED = "asked"
"""The field that says about which recipients the sender was asked."""

DRAFT = "draft"
"""What the session keeps of a message that its writer was asked about."""

blueprint = Blueprint("messages", __name__, url_prefix=MESSAGES.address)


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    """The form, for the queue of the company that the address names, if it names one; with what
    was written and not sent, unless that was for others."""
    company, draft = request.args.get("company", ""), session.get(DRAFT, {})
    if company and draft.get("company") != company:
        draft = {"audience": Audience.QUEUE, "company": company}
    return _page(draft, {})


@blueprint.post("")
@needs(Right.MANAGE)
def send() -> Response | tuple[str, int]:
    """Send a message, once its sender has been asked with the number of those who get it."""
    given = parse(Saying, request.form)
    if BACK in request.form:
        return _page(request.form, {}), 200
    if isinstance(given, Invalid):
        return _page(request.form, given.errors), 400
    # A company that is typed is chosen, whether or not a script has marked its queue.
    if (
        PICKED in request.form
        or request.form.get("company", "").strip()
        or request.form.get("audience") == Audience.QUEUE
    ):
        return _to_queue(given.text)
    if request.form.get("audience") == Audience.EVERYONE:
        return _to_everyone(given.text)
    return _page(request.form, {"audience": _("Say whom it is for.")}), 400


@blueprint.post("/<int:number>/withdraw")
@needs(Right.MANAGE)
def withdraw(number: int) -> Response:
    """Take a message back from every screen."""
    sending.withdraw(current_actor(), number)
    return answer(open_page(MESSAGES), None, f"message-{number}", _("Taken back from every screen"))


@blueprint.get("/students/<int:student_id>")
@needs(Right.MANAGE)
def to_student(student_id: int) -> str:
    return _page({}, {}, roster.student(student_id))


@blueprint.post("/students/<int:student_id>")
@needs(Right.MANAGE)
def send_to_student(student_id: int) -> Response | tuple[str, int]:
    student = roster.student(student_id)
    given = parse(Saying, request.form)
    if isinstance(given, Invalid):
        return _page(request.form, given.errors, student), 400
    sending.to_student(current_actor(), student_id, given.text)
    return _sent(_("Sent to %(name)s", name=student.full_name))


def _to_everyone(text: str) -> Response | tuple[str, int]:
    if request.form.get(ASKED) != Audience.EVERYONE:
        now = overview.figures()
        lines = [
            ngettext("%(num)d student gets it", "%(num)d students get it", now.active_students),
            ngettext("%(num)d stand shows it", "%(num)d stands show it", now.companies),
        ]
        fields = {"audience": Audience.EVERYONE, "company": "", "text": text}
        return _question(_("Send to everyone?"), lines, fields, Audience.EVERYONE)
    sending.to_everyone(current_actor(), text)
    return _sent(_("Sent to everyone"))


def _to_queue(text: str) -> Response | tuple[str, int]:
    company_id = chosen_company(request.form)
    if isinstance(company_id, Refusal):
        return _refused(company_id)
    company = stands.company_by_id(company_id)
    if not company.waiting:
        return _refused(Refusal(RequestCode.NOBODY_WAITING))
    if request.form.get(ASKED) != str(company_id):
        title = _("Send to those who wait at %(company)s?", company=company.name)
        waiting = ngettext("%(num)d student gets it", "%(num)d students get it", company.waiting)
        fields = {"audience": Audience.QUEUE, "company": company.name, "text": text}
        return _question(title, [waiting], fields, str(company_id))
    outcome = sending.to_queue(current_actor(), company_id, text)
    if isinstance(outcome, Refusal):
        return _refused(outcome)
    recipients = len(outcome.events(MessageSent)[0].students)
    return _sent(ngettext("Sent to %(num)d student", "Sent to %(num)d students", recipients))


def _question(
    title: str, recipients: list[str], fields: dict[str, str], asked: str
) -> tuple[str, int]:
    """Ask, and keep the draft for those who leave without an answer."""
    session[DRAFT] = fields
    lines = [*recipients, _("It says: %(message)s", message=fields["text"])]
    return confirmation(title, lines, _("Send"), fields={**fields, ASKED: asked}), 200


def _refused(refusal: Refusal) -> tuple[str, int]:
    refused = refuse(refusal)
    values = {**request.form, "audience": Audience.QUEUE}
    several = refusal.code == RequestCode.SEVERAL_COMPANIES
    meant = companies_meant(request.form) if several else []
    return _page(values, refused.errors, meant=meant), refused.status


def _sent(message: str) -> Response:
    session.pop(DRAFT, None)
    return redirect_with_message(message, MESSAGES.address)


def _page(
    values: Any,
    errors: dict[str, str],
    student: StudentView | None = None,
    meant: Sequence[CompanyView] = (),
) -> str:
    return show(
        open_page(MESSAGES),
        values=values,
        errors=errors,
        student=student,
        meant=meant,
        company_names=directory.company_names(),
    )
