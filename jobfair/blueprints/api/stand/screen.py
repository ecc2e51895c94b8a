"""A stand's own screen, through JSON: its queue, and starting for who has no phone."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _

from jobfair.blueprints.api.calls import answers, takes
from jobfair.blueprints.api.links import link_only
from jobfair.blueprints.api.shapes import shaping
from jobfair.blueprints.api.shapes.common import Message, QueueSet
from jobfair.domain.refusals import Refusal
from jobfair.fields.input.parsing import Input
from jobfair.queries.views import CompanyView
from jobfair.services.companies import companies
from jobfair.services.queues import interviews
from jobfair.web.security.sign_in.authentication import stand_actor

blueprint = Blueprint("api_stand", __name__, url_prefix="/api/company/<token>")


class QueueChange(Input):
    """Whether students may join; calling goes on either way."""

    open: bool


class Starting(Input):
    """`out_of_turn` starts before the student is called."""

    out_of_turn: bool = False


@blueprint.patch("/queue/")
@answers("Open or close the company's queue", QueueSet, anyone=True)
@link_only
@takes(QueueChange)
def set_queue(given: QueueChange, company: CompanyView) -> QueueSet | Refusal:
    outcome = companies.edit(stand_actor(company), company.id, {"queue_open": given.open})
    if isinstance(outcome, Refusal):
        return outcome
    return shaping.queue_set(company, given.open)


@blueprint.post("/queues/<int:entry_id>/start/")
@answers("Start the interview of somebody who stands there without a phone", Message, anyone=True)
@link_only
@takes(Starting)
def start(given: Starting, company: CompanyView, entry_id: int) -> Message | Refusal:
    outcome = interviews.start_at_stand(stand_actor(company), entry_id, given.out_of_turn)
    return outcome if isinstance(outcome, Refusal) else Message(message=_("Interview started"))
