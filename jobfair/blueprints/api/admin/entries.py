"""One entry in the desk's hands, through JSON (rule 11)."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _

from jobfair.blueprints.api.calls import answers, takes
from jobfair.blueprints.api.shapes.common import Message
from jobfair.domain.refusals import Refusal
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Id
from jobfair.queries.student import places
from jobfair.services.access.rights import Right
from jobfair.services.queues import overrides
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("api_entries", __name__, url_prefix="/api/admin/queues/<int:entry_id>")


class Move(Input):
    """`position` is a rank among the waiting, from 1."""

    position: Id


@blueprint.post("/complete/")
@answers("Mark an entry as done, its interview running or not", Message)
@needs(Right.HELP)
def complete(entry_id: int) -> Message | Refusal:
    return _said(overrides.complete_for(current_actor(), entry_id), _("Interview done"))


@blueprint.post("/undo_completion/")
@answers("Take back that an interview ended; it runs on since it began", Message)
@needs(Right.HELP)
def undo_completion(entry_id: int) -> Message | Refusal:
    outcome = overrides.undo_completion_for(current_actor(), entry_id)
    return _said(outcome, _("The interview goes on"))


@blueprint.post("/absent/")
@answers("Set aside a called student who did not come", Message)
@needs(Right.HELP)
def absent(entry_id: int) -> Message | Refusal:
    return _said(overrides.set_aside(current_actor(), entry_id), _("Did not come"))


@blueprint.post("/present/")
@answers("Bring back an entry that was set aside: its student is here", Message)
@needs(Right.HELP)
def present(entry_id: int) -> Message | Refusal:
    return _said(overrides.bring_back(current_actor(), entry_id), _("I'm here"))


@blueprint.post("/move/")
@answers("Give a waiting entry another rank", Message)
@needs(Right.HELP)
@takes(Move)
def move(given: Move, entry_id: int) -> Message | Refusal:
    company_id = places.place(entry_id).company.id
    return _said(overrides.move(current_actor(), company_id, entry_id, given.position), _("Moved"))


def _said(outcome: object, message: str) -> Message | Refusal:
    return outcome if isinstance(outcome, Refusal) else Message(message=message)
