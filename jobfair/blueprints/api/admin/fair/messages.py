"""The organisers' messages through JSON: sending one, what was sent, and taking it back."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response
from flask_babel import gettext as _
from pydantic import Field

from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes import organisers as organiser_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.domain.events import Audience
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Announcement, Id
from jobfair.queries.fair import messages
from jobfair.services.access.rights import Right
from jobfair.services.fair import messages as sending
from jobfair.unit_of_work.transaction import Committed
from jobfair.web.errors import invalid
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("api_messages", __name__, url_prefix="/api/admin/messages")


class NewMessage(Input):
    """To everyone, to those who wait at a `company` now, or to one `student`."""

    audience: Annotated[Audience, Field(strict=False)]
    text: Announcement
    company: Id | None = None
    student: Id | None = None


@blueprint.get("/")
@answers("List the messages that were sent, the latest first", list[organiser_shapes.SentMessage])
@needs(Right.MANAGE)
@asks(Piece)
def sent(asked: Piece) -> Response:
    return piece_of(messages.sent(), asked, lambda each: (-each.number,), shaping.sent_message)


@blueprint.post("/")
@answers(
    "Send a message to everyone, to a queue or to a student",
    organiser_shapes.SentMessage,
    201,
    also=(RequestCode.NOT_FOUND,),
)
@needs(Right.MANAGE)
@takes(NewMessage)
def send(given: NewMessage) -> organiser_shapes.SentMessage | Refusal | Response:
    wrong = _wrong(given)
    if wrong:
        return invalid(wrong)
    outcome = _sent(given)
    if isinstance(outcome, Refusal):
        return outcome
    return shaping.sent_message(messages.message(outcome.recorded[0].number))


@blueprint.delete("/<int:number>/")
@answers("Take a message back from every screen; the log keeps it")
@needs(Right.MANAGE)
def withdraw(number: int) -> None:
    sending.withdraw(current_actor(), number)


def _wrong(given: NewMessage) -> dict[str, str]:
    """What is missing of those whom the message is for, or said although it is not for them."""
    named = {
        Audience.QUEUE: ("company", given.company),
        Audience.STUDENT: ("student", given.student),
    }
    return {
        name: _("This is required.") if value is None else _only_with(audience)
        for audience, (name, value) in named.items()
        if (audience is given.audience) is (value is None)
    }


def _only_with(audience: Audience) -> str:
    return _("Only with the audience %(audience)s.", audience=audience.value)


def _sent(given: NewMessage) -> Committed | Refusal:
    actor = current_actor()
    if given.company is not None:
        return sending.to_queue(actor, given.company, given.text)
    if given.student is not None:
        return sending.to_student(actor, given.student, given.text)
    return sending.to_everyone(actor, given.text)
