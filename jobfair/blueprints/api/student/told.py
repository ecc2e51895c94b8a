"""What a student was told, through JSON: the organisers' messages, notifications, their story."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response
from flask_login import current_user

from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.student import shapes
from jobfair.catalogue import student_lines
from jobfair.fields.fair.messages import PutAway
from jobfair.fields.input.parsing import Query
from jobfair.fields.input.types import LARGEST_ID, whole
from jobfair.queries.admin.records import audit
from jobfair.queries.fair import messages as messages_query
from jobfair.queries.student import places
from jobfair.queries.views import StandingMessage
from jobfair.services.fair import messages as message_service
from jobfair.web.security.sign_in.authentication import current_actor, student_only

blueprint = Blueprint("api_told", __name__, url_prefix="/api/students/me")


class After(Query):
    """`after` is the `more` of the answer before."""

    after: whole(0, LARGEST_ID) = 0  # type: ignore[valid-type]


@blueprint.get("/messages/")
@answers(
    "List the organisers' messages of today that one has not put away, the latest first",
    list[shapes.StandingMessage],
)
@student_only
@asks(Piece)
def messages(asked: Piece) -> Response:
    found = places.dashboard(current_user.student_id).messages
    return piece_of(found, asked, lambda each: (-each.number,), _message)


@blueprint.post("/messages/put_away/")
@answers("Put away the messages up to the one of this number; notifications keep them")
@student_only
@takes(PutAway)
def put_away(given: PutAway) -> None:
    message_service.put_away(current_actor(), given.number)


@blueprint.get("/notifications/")
@answers("List what one was told today, the latest first", list[shapes.Line])
@student_only
@asks(Piece)
def notifications(asked: Piece) -> Response:
    found = messages_query.notifications(current_user.student_id)
    return piece_of(found, asked, lambda each: (-each.number,), _line)


@blueprint.get("/history/")
@answers("Tell one's own story: queues, interviews and breaks, the oldest first", shapes.History)
@student_only
@asks(After)
def history(given: After) -> shapes.History:
    story = audit.of_student(current_user.student_id, given.after)
    return shapes.History(lines=_lines(student_lines.day(story.lines)), more=story.more)


def _lines(found: Iterable[student_lines.Line]) -> list[shapes.Line]:
    return list(map(_line, found))


def _line(found: student_lines.Line) -> shapes.Line:
    return shapes.Line(id=found.number, at=found.at, sentence=found.sentence, sender=found.sender)


def _message(of: StandingMessage) -> shapes.StandingMessage:
    return shapes.StandingMessage(id=of.number, at=of.at, text=of.text, company=of.company)
