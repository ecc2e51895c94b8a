"""The servers that are told of events, through JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes.common import Moment, Shape
from jobfair.domain.refusals import Refusal
from jobfair.fields.access.webhooks import EventsWanted, WebhookWanted
from jobfair.queries.admin import webhooks as known
from jobfair.services import webhooks
from jobfair.services.access.rights import Right
from jobfair.services.webhooks import NewWebhook
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

blueprint = Blueprint("api_webhooks", __name__, url_prefix="/api/admin/webhooks")


class SentEvent(Shape):
    """A try to deliver an event. `status` is null where no answer came, `answer` how it began."""

    id: int
    event: str
    at: Moment
    status: int | None
    answer: str


class Webhook(Shape):
    """A server that is told. `failures` are those in a row, since `paused_at` it is not."""

    id: int
    url: str
    events: tuple[str, ...]
    created_at: Moment
    failures: int
    next_try_at: Moment | None
    paused_at: Moment | None
    deliveries: list[SentEvent]


class MadeWebhook(Webhook):
    """The same with its secret, which is shown this once."""

    secret: str


@blueprint.get("/")
@answers("List the servers that are told of events, and what was sent to each", list[Webhook])
@needs(Right.MANAGE)
@asks(Piece)
def every_webhook(asked: Piece) -> Response:
    return piece_of(known.servers(), asked, lambda each: (-each.id,), _of)


@blueprint.post("/")
@answers("Tell a server of events from now on", MadeWebhook, 201)
@needs(Right.MANAGE)
@recently_confirmed
@takes(WebhookWanted)
def make(given: WebhookWanted) -> MadeWebhook | Refusal:
    made = webhooks.make(current_actor(), given.url, given.events)
    return made if isinstance(made, Refusal) else _with_secret(made)


@blueprint.patch("/<int:webhook_id>/")
@answers("Tell a server of other events from now on, and of nothing else", Webhook)
@needs(Right.MANAGE)
@recently_confirmed
@takes(EventsWanted)
def change_events(given: EventsWanted, webhook_id: int) -> Webhook:
    webhooks.change_events(current_actor(), webhook_id, given.events)
    return _of(known.server(webhook_id))


@blueprint.post("/<int:webhook_id>/secret/")
@answers("Give a server another secret; the one before signs nothing more", MadeWebhook)
@needs(Right.MANAGE)
@recently_confirmed
def change_secret(webhook_id: int) -> MadeWebhook:
    return _with_secret(webhooks.change_secret(current_actor(), webhook_id))


@blueprint.post("/<int:webhook_id>/resume/")
@answers("Try again to tell a paused server, from where it stopped", Webhook)
@needs(Right.MANAGE)
def resume(webhook_id: int) -> Webhook:
    webhooks.resume(current_actor(), webhook_id)
    return _of(known.server(webhook_id))


@blueprint.post("/deliveries/<int:delivery_id>/replay/")
@answers("Have an event sent to its server once more")
@needs(Right.MANAGE)
def replay(delivery_id: int) -> None:
    webhooks.replay(delivery_id)


@blueprint.delete("/<int:webhook_id>/")
@answers("Tell a server nothing more")
@needs(Right.MANAGE)
@recently_confirmed
def remove(webhook_id: int) -> None:
    webhooks.remove(current_actor(), webhook_id)


def _with_secret(made: NewWebhook) -> MadeWebhook:
    return MadeWebhook(**_shown(known.server(made.id)), secret=made.secret)


def _of(found: known.Server) -> Webhook:
    return Webhook(**_shown(found))


def _shown(server: known.Server) -> dict[str, Any]:
    return {
        "id": server.id,
        "url": server.url,
        "events": server.events,
        "created_at": server.made_at,
        "failures": server.failures,
        "next_try_at": server.next_try_at,
        "paused_at": server.paused_at,
        "deliveries": [
            SentEvent(
                id=each.id, event=each.event, at=each.at, status=each.status, answer=each.answer
            )
            for each in server.deliveries
        ],
    }
