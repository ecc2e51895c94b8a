"""The way in and out: welcome, sign in, register, sign out, choose a language (flow 1)."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, session
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from jobfair.blueprints.account.after_sign_in import destination, entered, home_of, proven
from jobfair.blueprints.account.forms import form
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.access.accounts import Credentials
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.fields.students.students import SelfRegistration
from jobfair.queries.public import welcome
from jobfair.security import openid
from jobfair.security.hashing.hash_turns import TooManyWait
from jobfair.services.access import school_accounts, sign_ins
from jobfair.services.access.accounts import NewStudent
from jobfair.unit_of_work import actors
from jobfair.web.errors import LATER
from jobfair.web.language import remember
from jobfair.web.pages.responses import see_other
from jobfair.web.refusals import refuse
from jobfair.web.security import traces
from jobfair.web.security.browsers import cookies
from jobfair.web.security.limits.rate_limits import (
    register_per_ip,
    sign_in_of_strangers,
    sign_in_per_device,
    sign_in_per_ip,
)
from jobfair.web.security.sign_in import registering
from jobfair.web.security.sign_in.address_codes import mail_code
from jobfair.web.security.sign_in.authentication import current_actor, delete_cookies
from jobfair.web.urls import came_from, own_path

blueprint = Blueprint("auth", __name__)


@blueprint.get("/")
def home() -> Response:
    """The right dashboard, else what this is."""
    if current_user.is_authenticated:
        return see_other(home_of(current_user.role))
    return make_response(render_template("account/welcome.html", exhibitors=welcome.exhibitors()))


@blueprint.get("/login")
def sign_in_form() -> Response:
    if current_user.is_authenticated:
        return see_other(destination(current_user.role))
    return form("account/login.html")


@blueprint.post("/login")
@sign_in_per_ip
@sign_in_of_strangers
@sign_in_per_device
def sign_in() -> Response:
    given = parse(Credentials, request.form)
    if isinstance(given, Invalid):
        return form("account/login.html", 400, errors=given.errors)
    opened = sign_ins.sign_in(given.email, given.password, request.user_agent.string)
    if isinstance(opened, Refusal):
        traces.refused(opened, given.email)
        return _refused("account/login.html", opened)
    return proven(opened)


@blueprint.get("/register")
def register_form() -> Response:
    if current_user.is_authenticated:
        return see_other(destination(current_user.role))
    return form("account/register.html")


@blueprint.post("/register")
@register_per_ip
def register() -> Response:
    given = parse(SelfRegistration, request.form)
    if isinstance(given, Invalid):
        return form("account/register.html", 400, errors=given.errors)
    account = registering.register(NewStudent(**given.model_dump(exclude={"code"})), given.code)
    if isinstance(account, Refusal):
        refused = refuse(account)
        errors = refused.errors
        if account.code is RequestCode.EMAIL_TAKEN:
            # Whose it is stays unsaid: the same words for an account that an organiser imported.
            way_in = _("Sign in, or open the personal link that the organisers sent you.")
            errors = {field: f"{sentence}. {way_in}" for field, sentence in errors.items()}
        return form("account/register.html", refused.status, errors=errors)
    mail_code(actors.student(account.student_id))
    return entered(sign_ins.open_for(account.user_id, request.user_agent.string))


@blueprint.post("/logout")
def sign_out() -> Response:
    by_school = _signs_in_at_school()
    if current_user.is_authenticated:
        sign_ins.end(current_actor(), current_user.id, current_user.sign_in_id)
    session.clear()
    response = see_other("/login/school/signed-out" if by_school else "/")
    delete_cookies(response)
    return response


def _signs_in_at_school() -> bool:
    return (
        openid.is_configured()
        and current_user.is_authenticated
        and school_accounts.is_linked(current_user.id)
    )


@blueprint.post("/language")
def language() -> Response:
    response = see_other(
        cookies.when_kept(own_path(request.form.get("next")) or came_from() or "/")
    )
    remember(response, request.form.get("language", ""))
    return response


@blueprint.get("/cookies")
def check_cookies() -> Response:
    """On, if the browser has kept the cookie that it was just given; else why it cannot go on."""
    wanted = own_path(request.args.get("next")) or "/"
    if request.cookies:
        return see_other(wanted)
    return make_response(render_template("account/cookies.html", back=came_from() or wanted))


@blueprint.errorhandler(TooManyRequests)
def too_many(_error: Exception) -> Response:
    """The form again, with what was typed."""
    return _refused(_template(), Refusal(RequestCode.TOO_MANY))


@blueprint.errorhandler(TooManyWait)
def too_many_wait(_raised: TooManyWait) -> Response:
    """The same, as too many hashes wait."""
    response = _refused(_template(), Refusal(RequestCode.BUSY))
    response.headers.extend(LATER)
    return response


def _template() -> str:
    return "account/register.html" if request.endpoint == "auth.register" else "account/login.html"


def _refused(template: str, refusal: Refusal) -> Response:
    refused = refuse(refusal)
    return form(template, refused.status, sentence=refused.sentence)
