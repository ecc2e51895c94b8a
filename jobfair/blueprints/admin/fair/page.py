"""The fair's page: what is said of it, its logo, and the way to all else that is set for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import DetailsEdit
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.logos import encode
from jobfair.fields.fair.fair import BY_LOT, DETAILS
from jobfair.fields.input.edits import as_text, values_of
from jobfair.queries.admin.fair import overview, retention
from jobfair.queries.fair import fair_identity, sign_up
from jobfair.services.access.rights import Right
from jobfair.services.fair import fair, opening_lot
from jobfair.web.pages.edit_forms import EditForm
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.pictures import carries_picture, uploaded
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("fair_page", __name__, url_prefix="/admin/fair")


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    return _page(_stored(), {})


@blueprint.post("")
@needs(Right.MANAGE)
def change() -> Response | tuple[str, int]:
    form = EditForm(DETAILS, _stored, _page)
    return form.submit(DetailsEdit, partial(fair.set_details, current_actor()), _address())


@blueprint.post("/logo")
@needs(Right.MANAGE)
def change_logo() -> Response | tuple[str, int]:
    logo = uploaded("logo", encode)
    if isinstance(logo, Refusal):
        return _logo_refused(logo)
    fair.set_logo(current_actor(), logo)
    return redirect_with_message(_("The logo is shown from now on."), _address())


@blueprint.post("/logo/remove")
@needs(Right.MANAGE)
def remove_logo() -> Response:
    fair.set_logo(current_actor(), None)
    return redirect_with_message(_("The logo is removed."), _address())


@blueprint.post("/lot")
@needs(Right.MANAGE)
def set_by_lot() -> Response | tuple[str, int]:
    by_lot = bool(request.form.get(BY_LOT.name))
    outcome = opening_lot.set_by_lot(current_actor(), by_lot)
    if isinstance(outcome, Refusal):
        refused = refuse(outcome)
        return _page(_stored(), refused.errors), refused.status
    said = (
        _("The places are drawn when the fair opens.")
        if by_lot
        else _("The fair opens in order of arrival.")
    )
    return redirect_with_message(said, _address())


@carries_picture(blueprint, RequestCode.LOGO_TOO_LARGE)
def _logo_refused(refusal: Refusal) -> tuple[str, int]:
    refused = refuse(refusal)
    return _page(_stored(), refused.errors), refused.status


def _address() -> str:
    return url_for("admin.fair_page.index")


def _page(values: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    figures = overview.figures()
    return render_template(
        "admin/fair.html",
        values=values,
        errors=errors,
        stored=_stored(),
        retention=retention.retention_period(),
        phase=figures.phase,
        call_minutes=figures.call_minutes,
        sign_up_mode=sign_up.rule().mode,
    )


def _stored() -> dict[str, str]:
    """As its inputs show it: an hour to the minute."""
    stored = values_of(DETAILS, fair_identity.current())
    return {name: as_text(value) for name, value in stored.items()}
