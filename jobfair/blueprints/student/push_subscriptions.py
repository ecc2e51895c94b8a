"""The browsers that a student is called on while the page is closed.

Called by scripts: `push-subscription.js` of a page, and the service worker, which has no page.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, request
from flask_login import current_user

from jobfair.fields.input.parsing import Invalid, parse
from jobfair.security import vapid
from jobfair.web.errors import invalid
from jobfair.web.security.browsers import csrf
from jobfair.web.security.sign_in.authentication import student_only
from jobfair.web_push import subscriptions
from jobfair.web_push.inputs import Removal, Subscription
from jobfair.web_push.subscriptions import Browser
from jobfair.wording import language

blueprint = Blueprint("push_subscriptions", __name__, url_prefix="/push-subscriptions")


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
