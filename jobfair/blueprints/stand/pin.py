"""Asking a new device for the stand's PIN. Until it is given, not even the stand's name is said."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from jobfair import pins, words
from jobfair.blueprints.company import unknown_link
from jobfair.identity import known_link
from jobfair.inputs import GivenPin, Invalid, parse
from jobfair.missing import NotFound

blueprint = Blueprint("pin", __name__, url_prefix="/company/<token>/pin")
blueprint.register_error_handler(NotFound, unknown_link)


@blueprint.get("", strict_slashes=False)
def form(token: str) -> Response:
    return _to_stand(token) if pins.was_given(known_link(token)) else _form(token)


@blueprint.post("")
def give(token: str) -> Response:
    link = known_link(token)
    if pins.was_given(link):
        return _to_stand(token)
    given = parse(GivenPin, request.form)
    if isinstance(given, Invalid):
        return _form(token, given.errors["pin"], 400)
    refusal = pins.attempt(link, given.pin)
    if refusal is not None:
        return _form(token, words.sentence(refusal), pins.status_of(refusal))
    response = _to_stand(token)
    pins.remember(response, link)
    return response


def _form(token: str, error: str | None = None, status: int = 200) -> Response:
    page = render_template("company/pin.html", token=token, error=error)
    return make_response(page, status)


def _to_stand(token: str) -> Response:
    response: Response = make_response(redirect(url_for("company.dashboard", token=token), 303))
    return response
