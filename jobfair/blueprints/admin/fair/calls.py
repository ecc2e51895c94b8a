"""How long a call lasts before the next one is called."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import CallCard
from jobfair.fields.parsing import Invalid, parse
from jobfair.queries.admin import overview
from jobfair.services import fair
from jobfair.web.responses import redirect_with_message
from jobfair.web.security.authentication import admin_only, current_actor

blueprint = Blueprint("calls", __name__, url_prefix="/admin/calls")


@blueprint.get("", strict_slashes=False)
@admin_only
def form() -> str:
    return _form({"minutes": overview.figures().call_minutes}, {})


@blueprint.post("", strict_slashes=False)
@admin_only
def change() -> Response | tuple[str, int]:
    given = parse(CallCard, request.form)
    if isinstance(given, Invalid):
        return _form(request.form, given.errors), 400
    fair.set_call_minutes(current_actor(), given.minutes)
    if given.minutes is None:
        message = _("A call lasts until somebody ends it")
    else:
        message = _("A call lasts %(number)d min", number=given.minutes)
    return redirect_with_message(message, url_for("admin.overview.index"))


def _form(values: object, errors: dict[str, str]) -> str:
    return render_template("admin/calls.html", values=values, errors=errors)
