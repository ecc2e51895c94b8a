"""The browsers that a student is called on while no page is open, through JSON (Web Push)."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from jobfair.blueprints.api.calls import answers, takes
from jobfair.blueprints.api.student import shapes
from jobfair.security import vapid
from jobfair.web.security.sign_in.authentication import student_only
from jobfair.web_push import subscriptions
from jobfair.web_push.inputs import Removal, Subscription
from jobfair.web_push.subscriptions import Browser
from jobfair.wording import language

blueprint = Blueprint("api_push", __name__, url_prefix="/api/students/me/push_subscriptions")


@blueprint.get("/key/")
@answers("Show the key that a browser subscribes with", shapes.PushKey)
@student_only
def key() -> shapes.PushKey:
    return shapes.PushKey(key=vapid.public_key())


@blueprint.put("/")
@answers("Let one's calls reach a browser, until one signs out here")
@student_only
@takes(Subscription)
def subscribe(given: Subscription) -> None:
    browser = Browser(given.endpoint, given.p256dh, given.auth, language.current())
    subscriptions.subscribe(current_user.sign_in_id, browser)


@blueprint.delete("/")
@answers("Leave a browser alone again; one that is not subscribed is no error")
@student_only
@takes(Removal)
def unsubscribe(given: Removal) -> None:
    subscriptions.unsubscribe(current_user.id, given.endpoint)
