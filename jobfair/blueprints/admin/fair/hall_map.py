"""The halls' maps: uploading one, taking it away, placing stands on it.

`?hall=` names the hall; without it the map is of all companies whose hall has none.
"""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import StandPlace
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.fair.hall_maps import encode
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.queries.admin.fair.hall_maps import plan
from jobfair.queries.public.hall import halls
from jobfair.services.access.rights import Right
from jobfair.services.fair import hall_maps
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.pictures import carries_picture, uploaded
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("hall_map", __name__, url_prefix="/admin/map")


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    return _page({})


@blueprint.post("")
@needs(Right.MANAGE)
def change() -> Response | tuple[str, int]:
    hall, picture = _hall(), uploaded("map", encode)
    if isinstance(picture, Refusal):
        return _refused(picture)
    hall_maps.set_map(current_actor(), hall, picture)
    return _back_with(_("The map is up. Now place the stands on it."))


@blueprint.post("/remove")
@needs(Right.MANAGE)
def remove() -> Response:
    hall_maps.set_map(current_actor(), _hall(), None)
    return _back_with(_("The map is taken down."))


@blueprint.post("/place")
@needs(Right.MANAGE)
def place() -> Response | tuple[str, int]:
    given = parse(StandPlace, request.form)
    if isinstance(given, Invalid):
        return _page(given.errors), 400
    if (given.x is None) is not (given.y is None):
        return _page({"x" if given.x is None else "y": _("This is required.")}), 400
    if given.company not in {each.company_id for each in plan(_hall()).plates}:
        return _refused(Refusal(RequestCode.UNKNOWN_COMPANY))
    spot = None if given.x is None or given.y is None else (given.x, given.y)
    hall_maps.place(current_actor(), given.company, spot)
    return _back_with(_("The stand is placed") if spot else _("The stand is off the map"))


def _hall() -> str:
    """The hall that the address names. Raises NotFound where no company is in it."""
    hall = request.args.get("hall", "")
    if hall and hall not in halls():
        raise NotFound("hall")
    return hall


@carries_picture(blueprint, RequestCode.MAP_TOO_LARGE)
def _refused(refusal: Refusal) -> tuple[str, int]:
    refused = refuse(refusal)
    return _page(refused.errors), refused.status


def _page(errors: dict[str, str]) -> str:
    """The page; after a refusal with what was typed, unless there was too much to read."""
    hall = _hall()
    typed = {} if "map" in errors else request.form
    return render_template(
        "admin/hall_map.html",
        hall=hall,
        halls=halls(),
        plan=plan(hall),
        errors=errors,
        typed=typed,
    )


def _back_with(message: str) -> Response:
    address = url_for("admin.hall_map.index", hall=_hall() or None)
    return redirect_with_message(message, address)
