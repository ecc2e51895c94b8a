"""How long a call lasts before the next one is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import CallEdit
from jobfair.fields.edits import again, parse_edit
from jobfair.fields.fair import CALL_MINUTES
from jobfair.fields.parsing import Invalid
from jobfair.queries.admin import overview
from jobfair.services import fair
from jobfair.services.access.rights import Right
from jobfair.web.refusals import refuse
from jobfair.web.responses import redirect_with_message
from jobfair.web.security.authentication import current_actor, needs

blueprint = Blueprint("calls", __name__, url_prefix="/admin/calls")


@blueprint.get("")
@needs(Right.MANAGE)
def form() -> str:
    return _form(_stored(), {})


@blueprint.post("")
@needs(Right.MANAGE)
def change() -> Response | tuple[str, int]:
    given = parse_edit(CallEdit, request.form)
    if isinstance(given, Invalid):
        return _form_again(given.errors, 400)
    if given.changes:
        minutes = given.changes["call_minutes"]
        refusal = fair.set_call_minutes(current_actor(), minutes, given.seen)
        if refusal is not None:
            refused = refuse(refusal)
            return _form_again(refused.errors, refused.status)
    return redirect_with_message(_lasts(), url_for("admin.overview.index"))


def _lasts() -> str:
    minutes = _stored()["call_minutes"]
    if minutes is None:
        return _("A call lasts until somebody ends it")
    return _("A call lasts %(number)d min", number=minutes)


def _form_again(errors: dict[str, str], status: int) -> tuple[str, int]:
    return _form(**again([CALL_MINUTES], request.form, _stored(), errors)), status


def _form(values: Mapping[str, Any], errors: dict[str, str]) -> str:
    return render_template("admin/calls.html", values=values, errors=errors, stored=_stored())


def _stored() -> dict[str, int | None]:
    return {CALL_MINUTES.name: overview.figures().call_minutes}
