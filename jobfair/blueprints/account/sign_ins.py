"""Ending one's own sign-ins elsewhere, for every role; open pages there end within a second."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from jobfair.models import Outcome, Role
from jobfair.services.access import sign_ins
from jobfair.web.security import traces
from jobfair.web.security.sign_in.authentication import current_actor, signed_in_only

blueprint = Blueprint("sign_ins", __name__, url_prefix="/account/sign-ins")


@blueprint.post("/<int:sign_in_id>/end")
@signed_in_only
def end(sign_in_id: int) -> Response:
    sign_ins.end(current_actor(), current_user.id, sign_in_id)
    return _back_with(_("Signed out there"))


@blueprint.post("/end-others")
@signed_in_only
def end_others() -> Response:
    sign_ins.end_others(current_actor(), current_user.id, current_user.sign_in_id)
    traces.own(Outcome.ENDED_OTHERS)
    return _back_with(_("Signed out everywhere else"))


def _back_with(message: str) -> Response:
    flash(message, "success")
    student = current_user.role is Role.STUDENT
    address = url_for("student.profile.index" if student else "admin.account.index")
    return redirect(f"{address}#sign-ins-title", 303)
