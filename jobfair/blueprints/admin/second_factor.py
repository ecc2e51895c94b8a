"""One's own second factor: set up, recovery codes, switched off."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.models import Outcome
from jobfair.queries.access import second_factors as factors
from jobfair.security import one_time_codes
from jobfair.services.access import accounts, second_factors
from jobfair.services.access.rights import Right
from jobfair.web.pages.responses import redirect_with_message, see_other
from jobfair.web.refusals import refuse
from jobfair.web.rendering import qr_codes
from jobfair.web.security import traces
from jobfair.web.security.sign_in import own_password
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import own_path

blueprint = Blueprint("second_factor", __name__, url_prefix="/admin/account/second-factor")


@blueprint.get("")
@needs(Right.LOOK)
@recently_confirmed
def form() -> Response | str:
    if factors.of_user(current_user.id) is not None:
        return see_other(url_for("admin.account.index"))
    return _form(second_factors.new_secret(current_user.id))


@blueprint.post("")
@needs(Right.LOOK)
@recently_confirmed
def set_up() -> Response | str | tuple[str, int]:
    user, secret = current_user, request.form.get("secret", "")
    if second_factors.read_secret(user.id, secret) is None:
        # Made for somebody else, or before the secret key was changed.
        return see_other(url_for("admin.second_factor.form", next=_wanted()))
    codes = second_factors.set_up(
        current_actor(), user.id, secret, request.form.get("code", ""), user.sign_in_id
    )
    if isinstance(codes, Refusal):
        refused = refuse(codes)
        return _form(secret, refused.sentence), refused.status
    traces.second_factor(Outcome.FACTOR_ON, user.id, user.email)
    return _codes(codes)


@blueprint.post("/codes")
@needs(Right.LOOK)
@recently_confirmed
def new_codes() -> Response | str:
    """Other recovery codes, shown this once."""
    codes = second_factors.new_codes(current_user.id)
    if not codes:
        return see_other(url_for("admin.account.index"))
    traces.second_factor(Outcome.NEW_CODES, current_user.id, current_user.email)
    return _codes(codes)


@blueprint.get("/off")
@needs(Right.LOOK)
def confirm_off() -> str:
    return _off({})


@blueprint.post("/off")
@needs(Right.LOOK)
def turn_off() -> Response | tuple[str, int]:
    refusal = own_password.checked(_turned_off)
    if refusal is not None:
        refused = refuse(refusal)
        return _off(refused.errors if refused.field else {"code": refused.sentence}), refused.status
    traces.second_factor(Outcome.FACTOR_OFF, current_user.id, current_user.email)
    return redirect_with_message(
        _("The second factor is off; every other device is signed out"),
        url_for("admin.account.index"),
    )


def _turned_off() -> Refusal | None:
    user, form = current_user, request.form
    wrong = accounts.confirm_password(user.id, form.get("current_password", ""), user.sign_in_id)
    return wrong or second_factors.turn_off(
        current_actor(), user.id, form.get("code", ""), user.sign_in_id
    )


def _form(secret: str, error: str | None = None) -> str:
    key = second_factors.read_secret(current_user.id, secret) or ""
    address = one_time_codes.address(key, current_user.email, second_factors.ISSUER)
    return render_template(
        "admin/second_factor.html",
        secret=secret,
        key=one_time_codes.spaced(key),
        picture=qr_codes.drawn(address),
        error=error,
        code=request.form.get("code"),
        next=_wanted(),
    )


def _codes(codes: list[str]) -> str:
    then = _wanted() or url_for("admin.account.index")
    return render_template("admin/recovery_codes.html", codes=codes, then=then)


def _off(errors: dict[str, str]) -> str:
    return render_template("admin/second_factor_off.html", errors=errors)


def _wanted() -> str | None:
    return own_path(request.values.get("next"))
