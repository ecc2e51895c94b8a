"""The link of the hall's screen, and how it says who is called."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from jobfair.domain.state import ScreenNames
from jobfair.fields.input.edits import SEEN
from jobfair.queries.public import hall
from jobfair.services.access.rights import Right
from jobfair.services.fair import hall_screen
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.urls import link_to

blueprint = Blueprint("hall_screen", __name__, url_prefix="/admin/hall")


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    screen = hall.screen()
    link = screen.token and link_to("hall.screen", token=screen.token)
    of_halls = {
        each: link_to("hall.screen", token=screen.token, hall=each)
        for each in hall.halls()
        if screen.token
    }
    return render_template(
        "admin/hall_screen.html", names=screen.names, link=link, of_halls=of_halls
    )


@blueprint.post("/link")
@needs(Right.MANAGE)
def make_link() -> Response:
    hall_screen.make_link(current_actor())
    return _back_with(_("The hall's screen has a new link"))


@blueprint.post("/link/withdraw")
@needs(Right.MANAGE)
def withdraw_link() -> Response:
    hall_screen.withdraw_link(current_actor())
    return _back_with(_("The link of the hall's screen is withdrawn"))


@blueprint.post("/names")
@needs(Right.MANAGE)
def set_names() -> Response:
    try:
        names = ScreenNames(request.form.get("names", ""))
    except ValueError as error:
        raise BadRequest from error
    # There are two ways: if a colleague chose the other one meanwhile, both want the same.
    if names != request.form.get(f"{SEEN}names"):
        hall_screen.set_names(current_actor(), names)
    return _back_with(_("Saved"))


def _back_with(message: str) -> Response:
    return redirect_with_message(message, url_for("admin.hall_screen.index"))
