"""A password of one's own in the place of an issued one, chosen before anything else."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from jobfair.blueprints.account.after_sign_in import destination
from jobfair.web.security.sign_in import own_password
from jobfair.web.security.sign_in.authentication import signed_in_only
from jobfair.web.urls import own_path

blueprint = Blueprint("new_password", __name__, url_prefix="/account/password")


@blueprint.get("")
@signed_in_only
def form() -> str:
    return _page({})


@blueprint.post("")
@signed_in_only
def change() -> Response | tuple[str, int]:
    return own_password.change_by_form(_page, destination(current_user.role))


def _page(errors: dict[str, str]) -> str:
    wanted = own_path(request.values.get("next"))
    return render_template("account/new_password.html", errors=errors, next=wanted)
