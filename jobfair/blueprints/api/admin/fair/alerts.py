"""The alerts through JSON: what to look at now, and who has taken it on."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import ngettext

from jobfair.blueprints.api.calls import answers, asks
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes import common as shapes
from jobfair.blueprints.api.shapes import organisers as organiser_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.domain.events import StudentStatusChanged
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.queries.admin.lists import alerts as found
from jobfair.services.access.rights import Right
from jobfair.services.fair import alerts
from jobfair.services.students import students
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("api_alerts", __name__, url_prefix="/api/admin/alerts")


@blueprint.get("/")
@answers(
    "List what to look at now, by kind and hall, the longest first", list[organiser_shapes.Alert]
)
@needs(Right.LOOK)
@asks(Piece)
def every_alert(asked: Piece) -> Response:
    return piece_of(found.every_alert(), asked, found.order, shaping.alert)


@blueprint.post("/<alert>/taking/")
@answers(
    "Take an alert on, for ten minutes or until it ends",
    also=(RequestCode.ALERT_OVER, RequestCode.ALERT_TAKEN),
)
@needs(Right.HELP)
def take(alert: str) -> Refusal | None:
    return alerts.take(current_actor(), alert)


@blueprint.delete("/<alert>/taking/")
@answers(
    "Give back an alert that a member of the team has taken on", also=(RequestCode.ALERT_OVER,)
)
@needs(Right.HELP)
def give_back(alert: str) -> Refusal | None:
    return alerts.give_back(current_actor(), alert)


@blueprint.post("/companies/<int:company_id>/available/")
@answers(
    "Bring back the students who are skipped in a queue only because of a break", shapes.Updated
)
@needs(Right.HELP)
def make_available(company_id: int) -> shapes.Updated | Refusal:
    outcome = students.make_queue_available(current_actor(), company_id)
    if isinstance(outcome, Refusal):
        return outcome
    changed = len(outcome.events(StudentStatusChanged))
    message = ngettext(
        "%(num)d student is available again", "%(num)d students are available again", changed
    )
    return shapes.Updated(message=message, updated=changed)
