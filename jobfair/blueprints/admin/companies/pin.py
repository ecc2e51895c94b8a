"""The PIN of one company: setting it, setting another, taking it away."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import NewPin
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.queries.admin import roster
from jobfair.services.access import pins
from jobfair.services.access.rights import Right
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("pin", __name__, url_prefix="/admin/companies/<int:company_id>/pin")


@blueprint.get("")
@needs(Right.MANAGE)
def form(company_id: int) -> str:
    return _form(company_id)


@blueprint.post("")
@needs(Right.MANAGE)
def change(company_id: int) -> Response | tuple[str, int]:
    given = parse(NewPin, request.form)
    if isinstance(given, Invalid):
        return _form(company_id, given.errors["pin"], request.form.get("pin", "")), 400
    pins.set_pin(current_actor(), company_id, given.pin)
    return _back_with(company_id, _("The PIN is set. Tell it to the stand by word of mouth."))


@blueprint.post("/remove")
@needs(Right.MANAGE)
def remove(company_id: int) -> Response:
    pins.remove_pin(current_actor(), company_id)
    return _back_with(company_id, _("The PIN is removed: the link alone opens the stand."))


def _form(company_id: int, error: str | None = None, typed: str = "") -> str:
    managed = roster.company(company_id)
    return render_template("admin/pin.html", managed=managed, error=error, typed=typed)


def _back_with(company_id: int, message: str) -> Response:
    return redirect_with_message(message, url_for("admin.company.index", company_id=company_id))
