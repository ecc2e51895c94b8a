"""The live events as a stream of JSON (flows 5 and 5b)."""

from __future__ import annotations

from flask import Blueprint, Response

from jobfair.blueprints.api.calls import EventStream, answers
from jobfair.blueprints.api.links import link_of
from jobfair.live.stream_response import respond
from jobfair.models import Scope
from jobfair.web.security.sign_in.authentication import signed_in_only
from jobfair.web.security.viewers import account_viewer, link_viewer

blueprint = Blueprint("api_events", __name__, url_prefix="/api")


@blueprint.get("/events/")
@answers("Listen to what concerns the user", EventStream, scope=Scope.READ)
@signed_in_only
def of_user() -> Response:
    return respond(account_viewer())


@blueprint.get("/company/<token>/events/")
@answers("Listen to what concerns the company", EventStream, anyone=True)
def of_company(token: str) -> Response:
    return respond(link_viewer(link_of(token)))
