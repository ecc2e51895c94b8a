"""A student proves that their e-mail address is theirs, or gives another one."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.access.accounts import AddressChange, MailedCode
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.live.pages.student import ADDRESS, DASHBOARD
from jobfair.services.access import addresses
from jobfair.web.pages import poster_joins
from jobfair.web.pages.open_pages import own_page, sent_from
from jobfair.web.pages.responses import answer, redirect_with_message, show, wants_fragments
from jobfair.web.refusals import refuse
from jobfair.web.security.limits.rate_limits import address_codes_per_student
from jobfair.web.security.sign_in.address_codes import change_own_address, mail_code
from jobfair.web.security.sign_in.authentication import current_actor, student_only

blueprint = Blueprint("address", __name__, url_prefix=ADDRESS.address)

REGION = "address"


@blueprint.get("")
@student_only
def index() -> str:
    return show(own_page(ADDRESS))


@blueprint.post("/code")
@student_only
@address_codes_per_student
def send_code() -> Response:
    outcome = mail_code(current_actor())
    return answer(sent_from(own_page(DASHBOARD)), outcome, REGION, _("The code is on its way"))


@blueprint.post("/confirmation")
@student_only
def confirm() -> Response | tuple[str, int]:
    given = parse(MailedCode, request.form)
    if isinstance(given, Invalid):
        outcome: Refusal | None = Refusal(RequestCode.INVALID, {"reason": given.errors["code"]})
    else:
        outcome = addresses.confirm(current_actor(), given.code)
    if isinstance(outcome, Refusal) and not wants_fragments():
        # Without a script a refused one is shown at once: a redirect would lose what was typed.
        refused, typed = refuse(outcome), request.form.get("code", "")
        page = sent_from(own_page(DASHBOARD))
        return show(page, refused={REGION: refused.sentence}, typed_code=typed), refused.status
    message = _("Your address is confirmed: you can join queues")
    if not isinstance(outcome, Refusal):
        message = poster_joins.after_proof(current_actor()) or message
    return answer(sent_from(own_page(DASHBOARD)), outcome, REGION, message)


@blueprint.post("")
@student_only
@address_codes_per_student
def change() -> AnyResponse | tuple[str, int]:
    """Another address, which is proved again; with the password, as mails open the account."""
    given = parse(AddressChange, request.form)
    if isinstance(given, Invalid):
        return _form_again(given.errors, 400)
    refusal = change_own_address(given)
    if refusal is not None:
        refused = refuse(refusal)
        return _form_again(refused.errors, refused.status)
    return redirect_with_message(_("Saved"), ADDRESS.address)


def _form_again(errors: dict[str, str], status: int) -> tuple[str, int]:
    return show(own_page(ADDRESS), errors=errors, values=request.form), status
