"""How long a call lasts before the next one is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import CallEdit
from jobfair.domain.refusals import Refusal
from jobfair.fields.fair.fair import CALL_MINUTES
from jobfair.queries.admin.fair import overview
from jobfair.services.access.rights import Right
from jobfair.services.fair import fair
from jobfair.web.pages.edit_forms import EditForm
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.wording.times.lengths import length

blueprint = Blueprint("calls", __name__, url_prefix="/admin/calls")


@blueprint.get("")
@needs(Right.MANAGE)
def form() -> str:
    return _form(_stored(), {})


@blueprint.post("")
@needs(Right.MANAGE)
def change() -> Response | tuple[str, int]:
    form = EditForm([CALL_MINUTES], _stored, _form)
    return form.submit(CallEdit, _write, url_for("admin.overview.index"), said=_lasts)


def _write(changes: Mapping[str, Any], seen: Mapping[str, str]) -> Refusal | None:
    if not changes:
        return None
    return fair.set_call_minutes(current_actor(), changes[CALL_MINUTES.name], seen)


def _lasts() -> str:
    minutes = _stored()["call_minutes"]
    if minutes is None:
        return _("A call lasts until somebody ends it")
    return _("A call lasts %(length)s", length=length(minutes))


def _form(values: Mapping[str, Any], errors: dict[str, str]) -> str:
    return render_template("admin/calls.html", values=values, errors=errors, stored=_stored())


def _stored() -> dict[str, int | None]:
    return {CALL_MINUTES.name: overview.figures().call_minutes}
