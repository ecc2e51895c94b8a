"""An organiser's own account: password and sign-ins."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from jobfair.queries.access import open_sign_ins, second_factors, security_log
from jobfair.services.access.rights import Right
from jobfair.web.security import traces
from jobfair.web.security.sign_in import own_password
from jobfair.web.security.sign_in.authentication import needs
from jobfair.wording.access.security_log import OUTCOMES

blueprint = Blueprint("account", __name__, url_prefix="/admin/account")


@blueprint.get("")
@needs(Right.LOOK)
def index() -> str:
    return _page({})


@blueprint.post("/password")
@needs(Right.LOOK)
def change_password() -> Response | tuple[str, int]:
    return own_password.change_by_form(_page, url_for("admin.account.index"))


def _page(errors: dict[str, str]) -> str:
    sign_ins = open_sign_ins.of_user(current_user.id, current_user.sign_in_id)
    return render_template(
        "admin/account.html",
        errors=errors,
        sign_ins=sign_ins,
        traces=security_log.latest(current_user.id, traces.visit().address),
        outcomes=OUTCOMES,
        factor=second_factors.of_user(current_user.id),
    )
