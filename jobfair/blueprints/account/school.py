"""Signing in with the school's account, at the provider that the school runs (OpenID Connect).

The way there is a page, and no redirect: browsers hold the redirects of a form to our own site, as
the content security policy says, and a school's sign-in may pass through several.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.exceptions import TooManyRequests

from jobfair.blueprints.account.after_sign_in import destination, proven
from jobfair.blueprints.account.forms import form
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.declaration import in_form, shape
from jobfair.fields.input.parsing import Input, Invalid, parse
from jobfair.fields.students.students import NAMES
from jobfair.security import openid
from jobfair.services.access import school_accounts, sign_ins
from jobfair.services.access.school_accounts import Opened
from jobfair.web.pages import poster_joins
from jobfair.web.pages.responses import see_other
from jobfair.web.refusals import refuse
from jobfair.web.security import traces
from jobfair.web.security.limits.rate_limits import school_per_ip
from jobfair.web.security.sign_in import school_account
from jobfair.web.security.sign_in.school_account import Returned
from jobfair.web.urls import own_path

blueprint = Blueprint("school", __name__, url_prefix="/login/school")

OwnNames = shape("OwnNames", NAMES, in_form, Input)


@blueprint.before_request
def _only_where_there_is_one() -> None:
    if not openid.is_configured():
        raise NoSuchPage


@blueprint.post("")
@school_per_ip
def start() -> Response:
    wanted = own_path(request.form.get("next"))
    company = poster_joins.wanted()
    joins = None if company is None else company.id
    attempt = school_account.begin(wanted, joins, again=current_user.is_authenticated)
    if isinstance(attempt, Refusal):
        return _refused(attempt, wanted=wanted)
    page = render_template("account/school_on_the_way.html", address=attempt.address)
    response = make_response(page)
    school_account.set_attempt(response, attempt)
    return response


@blueprint.get("/callback")
@school_per_ip
def come_back() -> Response:
    if current_user.is_authenticated and not school_account.has_attempt():
        # Somebody who is in already has gone back to this address, or loaded it again.
        return see_other(destination(current_user.role))
    returned = school_account.come_back(request.args)
    response = _refused(returned) if isinstance(returned, Refusal) else _let_in(returned)
    school_account.end_attempt(response)
    return response


@blueprint.get("/name")
def name_form() -> Response:
    returned = school_account.kept_identity()
    if returned is None:
        return _refused(Refusal(RequestCode.SCHOOL_ATTEMPT_OVER))
    return _name_form(returned)


@blueprint.post("/name")
@school_per_ip
def complete() -> Response:
    returned = school_account.kept_identity()
    if returned is None:
        return _refused(Refusal(RequestCode.SCHOOL_ATTEMPT_OVER))
    given = parse(OwnNames, request.form)
    if isinstance(given, Invalid):
        return _name_form(returned, 400, given.errors)
    response = _let_in(replace(returned, who=replace(returned.who, **given.model_dump())))
    school_account.forget_identity(response)
    return response


@blueprint.get("/signed-out")
def signed_out() -> Response:
    """Out of this site, and how to get out of the school's account as well."""
    address = school_account.sign_out_address()
    return make_response(render_template("account/school_signed_out.html", address=address))


@blueprint.errorhandler(TooManyRequests)
def too_many(_error: Exception) -> Response:
    """The sign-in form, with why."""
    return _refused(Refusal(RequestCode.TOO_MANY))


def _let_in(returned: Returned) -> Response:
    who = returned.who
    said = parse(OwnNames, {"first_name": who.first_name, "last_name": who.last_name})
    names = {"first_name": "", "last_name": ""} if isinstance(said, Invalid) else said.model_dump()
    opened = school_accounts.open_account(replace(who, **names))
    if isinstance(opened, Refusal):
        if opened.code is RequestCode.SCHOOL_NAME_MISSING:
            response = see_other(url_for("school.name_form"))
            school_account.keep_identity(response, returned)
            return response
        return _refused(opened, who.email)
    _say(opened)
    proof = sign_ins.open_unless_more_is_asked(opened.user_id, request.user_agent.string)
    return proven(proof, returned.wanted, returned.joins)


def _say(opened: Opened) -> None:
    if opened.linked:
        traces.school_linked(opened.user_id)
    if opened.password_ended:
        flash(
            _(
                "The password that this account had is over, as it may be known to others. The "
                "school's account opens it; on your profile you may choose a new password."
            ),
            "info",
        )


def _refused(refusal: Refusal, email: str | None = None, wanted: str | None = None) -> Response:
    """The sign-in form, with why; a password still opens it."""
    refused = refuse(refusal)
    if refusal.code is not RequestCode.SCHOOL_OUT_OF_REACH:
        traces.school_refused(refusal, email)
    return form(
        "account/login.html",
        refused.status,
        sentence=refused.sentence,
        wanted=wanted,
        address=url_for("auth.sign_in_form"),
    )


def _name_form(
    returned: Returned, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    who = returned.who
    values = request.form or {"first_name": who.first_name, "last_name": who.last_name}
    page = render_template(
        "account/school_name.html", email=who.email, values=values, errors=errors or {}
    )
    return make_response(page, status)
