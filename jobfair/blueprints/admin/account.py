"""An organiser's own account: password and sign-ins."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.fields.accounts import PasswordChange
from jobfair.fields.parsing import Invalid, parse
from jobfair.queries import open_sign_ins
from jobfair.services.access import accounts
from jobfair.web.refusals import refuse
from jobfair.web.responses import redirect_with_message
from jobfair.web.security import own_password
from jobfair.web.security.authentication import admin_only, current_actor

blueprint = Blueprint("account", __name__, url_prefix="/admin/account")


@blueprint.get("")
@admin_only
def index() -> str:
    return _page({})


@blueprint.post("/password")
@admin_only
def change_password() -> Response | tuple[str, int]:
    change = parse(PasswordChange, request.form, about=(current_user.email,))
    if isinstance(change, Invalid):
        return _page(change.errors), 400
    outcome = own_password.checked(
        lambda: accounts.change_password(
            current_actor(),
            current_user.id,
            change.current_password,
            change.new_password,
            current_user.sign_in_id,
        )
    )
    if isinstance(outcome, Refusal):
        refused = refuse(outcome)
        return _page(refused.errors), refused.status
    message = _("Password changed; every other device is signed out")
    return redirect_with_message(message, url_for("admin.account.index"))


def _page(errors: dict[str, str]) -> str:
    sign_ins = open_sign_ins.of_user(current_user.id, current_user.sign_in_id)
    return render_template("admin/account.html", errors=errors, sign_ins=sign_ins)
