"""Asking a new device for the stand's PIN. Until it is given, not even the stand's name is said."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for

from jobfair.blueprints.stand.unknown_link import unknown_link
from jobfair.exceptions import NotFound
from jobfair.fields.input.parsing import Input, Invalid, parse
from jobfair.fields.input.types import AnyPin
from jobfair.web.pages.responses import see_other
from jobfair.web.refusals import refuse
from jobfair.web.security.browsers import cookies
from jobfair.web.security.sign_in.authentication import known_link
from jobfair.web.security.stand import stand_pins

blueprint = Blueprint("pin", __name__, url_prefix="/company/<token>/pin")
blueprint.register_error_handler(NotFound, unknown_link)


class GivenPin(Input):
    """What opens a stand on a new device."""

    pin: AnyPin


@blueprint.get("")
def form(token: str) -> Response:
    return _to_stand(token) if stand_pins.was_given(known_link(token)) else _form(token)


@blueprint.post("")
def give(token: str) -> Response:
    link = known_link(token)
    if stand_pins.was_given(link):
        return _to_stand(token)
    given = parse(GivenPin, request.form)
    if isinstance(given, Invalid):
        return _form(token, given.errors["pin"], 400)
    refusal = stand_pins.attempt(link, given.pin)
    if refusal is not None:
        refused = refuse(refusal)
        return _form(token, refused.sentence, refused.status)
    response = see_other(cookies.when_kept(_stand(token)))
    stand_pins.remember(response, link)
    return response


def _form(token: str, error: str | None = None, status: int = 200) -> Response:
    page = render_template("stand/pin.html", token=token, error=error)
    return make_response(page, status)


def _to_stand(token: str) -> Response:
    return see_other(_stand(token))


def _stand(token: str) -> str:
    return url_for("company.dashboard", token=token)
