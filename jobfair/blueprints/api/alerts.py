"""The alerts through JSON: what to look at now, and who has taken it on."""

from __future__ import annotations

from flask import Blueprint

from jobfair.blueprints.api import shapes, shaping
from jobfair.blueprints.api.calls import answers
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.queries.admin.lists.alerts import every_alert as found
from jobfair.services import alerts
from jobfair.services.access.rights import Right
from jobfair.web.security.authentication import current_actor, needs

blueprint = Blueprint("api_alerts", __name__, url_prefix="/api/admin/alerts")


@blueprint.get("/")
@answers("List what to look at now, by kind and hall, the longest first", list[shapes.Alert])
@needs(Right.LOOK)
def every_alert() -> list[shapes.Alert]:
    return [shaping.alert(each) for each in found()]


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
