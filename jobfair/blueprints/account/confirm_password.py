"""The password again, before a page that asks for it; forms ask where they are sent."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from jobfair.blueprints.account.after_sign_in import destination
from jobfair.web.pages.responses import see_other
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in import recent_password
from jobfair.web.security.sign_in.authentication import signed_in_only
from jobfair.web.security.sign_in.recent_password import FIELD
from jobfair.web.urls import came_from, own_path

blueprint = Blueprint("confirm_password", __name__, url_prefix="/account/confirm")


@blueprint.get("")
@signed_in_only
def form() -> str:
    return _page(came_from())


@blueprint.post("")
@signed_in_only
def give() -> Response | tuple[str, int]:
    refusal = recent_password.confirm(request.form.get(FIELD, ""))
    if refusal is None:
        return see_other(destination(current_user.role))
    refused = refuse(refusal)
    return _page(None, refused.sentence), refused.status


def _page(back: str | None, error: str | None = None) -> str:
    wanted = own_path(request.values.get("next"))
    return render_template(
        "account/confirm_password.html",
        address=request.path,
        fields=[] if wanted is None else [("next", wanted)],
        back=back,
        error=error,
    )
