"""The companies that a student may join: the list, a company's page, the day's plan, the stars.

A company's page is open to anybody: its poster leads there.
"""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.notes import OwnNote
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.live.pages import public
from jobfair.live.pages.student import COMPANIES, COMPANY, DAY
from jobfair.models import Role
from jobfair.services.students import favourites, own_notes
from jobfair.web.pages import joining, kept_list
from jobfair.web.pages.open_pages import open_page, own_page, sent_from
from jobfair.web.pages.responses import answer, browse, see_other, show, wants_fragments
from jobfair.web.security.limits.rate_limits import joins_per_student
from jobfair.web.security.sign_in.authentication import current_actor, student_only

blueprint = Blueprint("companies", __name__)


@blueprint.get(COMPANIES.address)
@student_only
def index() -> Response:
    if not wants_fragments():
        kept_list.keep()
    return browse(own_page(COMPANIES))


@blueprint.get(COMPANY.address)
def company(company_id: int) -> str:
    """Looking joins nothing: cameras and messengers look too."""
    if current_user.is_authenticated and current_user.role is Role.STUDENT:
        return show(own_page(COMPANY, company_id=company_id))
    return show(open_page(public.COMPANY, company_id=company_id))


@blueprint.get("/join/<int:company_id>")
def arrive(company_id: int) -> Response:
    """Where a company's poster leads."""
    code = request.args.get("code")
    return see_other(url_for("student.companies.company", company_id=company_id, code=code))


@blueprint.get(DAY.address)
@student_only
def day() -> str:
    return show(own_page(DAY))


@blueprint.post("/companies/<int:company_id>/join")
@student_only
@joins_per_student
def join(company_id: int) -> Response:
    outcome = joining.join(current_actor(), company_id)
    message = "" if isinstance(outcome, Refusal) else joining.words(outcome)
    return _answer(company_id, outcome, message)


@blueprint.post("/companies/<int:company_id>/favourite")
@student_only
def favourite(company_id: int) -> Response:
    """Make it a favourite where `wanted` is `1`, and none where it is anything else.

    A star says by itself that it is set: it needs no message.
    """
    change = favourites.star if request.form.get("wanted") == "1" else favourites.unstar
    change(current_actor(), company_id)
    return _answer(company_id, None, "")


@blueprint.post("/my-day/notes/<int:company_id>")
@student_only
def note(company_id: int) -> Response | tuple[str, int]:
    """The student's own note about a company they met; a blank text removes it."""
    page = sent_from(own_page(DAY))
    given = parse(OwnNote, request.form)
    subject = f"own-note-{company_id}"
    if isinstance(given, Invalid):
        sentence = given.errors["text"]
        if wants_fragments():
            return answer(page, Refusal(RequestCode.INVALID, {"reason": sentence}), subject, "")
        typed = {company_id: request.form.get("text", "")}
        return show(page, refused={subject: sentence}, typed_notes=typed), 400
    outcome = own_notes.write(current_actor(), company_id, given.text)
    return answer(page, outcome, subject, _("Note kept") if given.text else _("Note removed"))


def _answer(company_id: int, outcome: object, message: str) -> Response:
    return answer(sent_from(own_page(COMPANIES)), outcome, f"company-{company_id}", message)
