"""A personal link, of a student or of one of the team: choose a password, and be in.

Opening it spends nothing, for mail programs open links too. The link is its own proof: its
address holds a `token`, so its form needs none against other sites. One that could send it
would have to know the link, and would only let somebody into that link's account.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from jobfair.blueprints.account.after_sign_in import proven
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.access.accounts import ChosenPassword
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.models import Outcome
from jobfair.queries.admin.students.invitations import InvitationLink
from jobfair.services.access import accounts, sign_ins
from jobfair.web.refusals import refuse
from jobfair.web.security import traces
from jobfair.web.security.limits.rate_limits import link_is_unknown

blueprint = Blueprint("invitation", __name__, url_prefix="/welcome/<token>")


@blueprint.get("")
def welcome(token: str) -> Response:
    link = accounts.check_link(token)
    return _refused(link) if isinstance(link, Refusal) else _form(link, {})


@blueprint.post("")
def accept(token: str) -> Response:
    link = accounts.check_link(token)
    if isinstance(link, Refusal):
        return _refused(link)
    known = tuple(filter(None, (link.email, link.first_name, link.last_name)))
    given = parse(ChosenPassword, request.form, about=known)
    if isinstance(given, Invalid):
        return _form(link, given.errors)
    user_id = accounts.accept_invitation(token, given.password)
    if isinstance(user_id, Refusal):
        return _refused(user_id)
    traces.password_changed(Outcome.BY_LINK, user_id, link.email)
    return proven(sign_ins.open_unless_more_is_asked(user_id, request.user_agent.string))


def _form(link: InvitationLink, errors: dict[str, str]) -> Response:
    page = render_template("account/invitation.html", link=link, errors=errors)
    return make_response(page, 400 if errors else 200)


def _refused(refusal: Refusal) -> Response:
    if refusal.code == RequestCode.LINK_UNKNOWN:
        link_is_unknown()
    refused = refuse(refusal)
    page = render_template(
        "account/invitation_over.html",
        sentence=refused.sentence,
        replaceable=refused.code != RequestCode.LINK_INACTIVE,
    )
    return make_response(page, refused.status)
