"""The organisers' messages through JSON: what was sent, and taking it back."""

from __future__ import annotations

from flask import Blueprint

from jobfair.blueprints.api import shapes, shaping
from jobfair.blueprints.api.calls import answers
from jobfair.queries import messages
from jobfair.services import messages as sending
from jobfair.services.access.rights import Right
from jobfair.web.security.authentication import current_actor, needs

blueprint = Blueprint("api_messages", __name__, url_prefix="/api/admin/messages")


@blueprint.get("/")
@answers("List the messages that were sent, the latest first", list[shapes.SentMessage])
@needs(Right.MANAGE)
def sent() -> list[shapes.SentMessage]:
    return [shaping.sent_message(each) for each in messages.sent()]


@blueprint.delete("/<int:number>/")
@answers("Take a message back from every screen; the log keeps it")
@needs(Right.MANAGE)
def withdraw(number: int) -> None:
    sending.withdraw(current_actor(), number)
