"""The second factor, asked for after the right password."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for

from jobfair.blueprints.account.after_sign_in import entered
from jobfair.domain.refusals import Refusal
from jobfair.web.pages.responses import see_other
from jobfair.web.refusals import refuse
from jobfair.web.security.limits.rate_limits import sign_in_per_ip
from jobfair.web.security.sign_in import half_sign_ins
from jobfair.web.urls import own_path

blueprint = Blueprint("sign_in_code", __name__, url_prefix="/login/code")


@blueprint.get("")
def form() -> Response:
    return _to_the_password() if half_sign_ins.known() is None else _page()


@blueprint.post("")
@sign_in_per_ip
def give() -> Response:
    known = half_sign_ins.known()
    if known is None:
        return _to_the_password()
    opened = half_sign_ins.finish(known.user_id, known.email, request.form.get("code", ""))
    if isinstance(opened, Refusal):
        refused = refuse(opened)
        return _page(refused.status, refused.sentence)
    response = entered(opened)
    half_sign_ins.forget(response)
    return response


def _to_the_password() -> Response:
    return see_other(url_for("auth.sign_in_form", next=_wanted()))


def _page(status: int = 200, error: str | None = None) -> Response:
    page = render_template(
        "account/sign_in_code.html", error=error, code=request.form.get("code"), next=_wanted()
    )
    return make_response(page, status)


def _wanted() -> str | None:
    return own_path(request.values.get("next"))
