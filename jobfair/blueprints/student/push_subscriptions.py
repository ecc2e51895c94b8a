"""The browsers that a student is called on while the page is closed.

Called by scripts: `push-subscription.js` of a page, and the service worker, which has no page.
"""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, current_app, jsonify, make_response, request
from flask_login import current_user
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from jobfair.fields.parsing import Input, Invalid, parse
from jobfair.security import vapid
from jobfair.web.errors import invalid
from jobfair.web.security import csrf
from jobfair.web.security.authentication import student_only
from jobfair.web_push import subscriptions
from jobfair.web_push.endpoints import may_be_sent_to
from jobfair.web_push.subscriptions import Browser
from jobfair.wording import language

blueprint = Blueprint("push_subscriptions", __name__, url_prefix="/push-subscriptions")


def _at_a_push_service(endpoint: str) -> str:
    config = current_app.config
    if not (config["PUSH_ANYWHERE"] or may_be_sent_to(endpoint, config["PUSH_HOSTS"])):
        raise PydanticCustomError("endpoint", "not a push service")
    return endpoint


def _base64(length: int) -> StringConstraints:
    return StringConstraints(pattern=rf"^[A-Za-z0-9_-]{{{length}}}=*$", max_length=length + 2)


Address = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern="^[!-~]+$")]
Endpoint = Annotated[Address, AfterValidator(_at_a_push_service)]


class Subscription(Input):
    """What a browser gives for being reached: 65 and 16 bytes of keys, in base64url."""

    endpoint: Endpoint
    p256dh: Annotated[str, _base64(87)]
    auth: Annotated[str, _base64(22)]


class Removal(Input):
    """Which browser is to be left alone."""

    endpoint: Address


@blueprint.get("/key")
@student_only
def key() -> Response:
    """What a browser subscribes with, and what it then has to send along.

    No other site's page can read this answer.
    """
    return jsonify(key=vapid.public_key(), csrf_token=csrf.token(current_user.sign_in_id))


@blueprint.post("/")
@student_only
def subscribe() -> Response:
    given = parse(Subscription, request.form)
    if isinstance(given, Invalid):
        return invalid(given.errors)
    browser = Browser(given.endpoint, given.p256dh, given.auth, language.current())
    subscriptions.subscribe(current_user.sign_in_id, browser)
    return make_response("", 204)


@blueprint.post("/remove")
@student_only
def unsubscribe() -> Response:
    given = parse(Removal, request.form)
    if isinstance(given, Invalid):
        return invalid(given.errors)
    subscriptions.unsubscribe(current_user.id, given.endpoint)
    return make_response("", 204)
