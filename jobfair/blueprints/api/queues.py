"""Queues through JSON: a student's places, and what a stand does with whom it has called."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.links import link_only
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes import common as shapes
from jobfair.blueprints.api.shapes import entries as entry_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.blueprints.api.shapes import stands as stand_shapes
from jobfair.domain.events import Left
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Id
from jobfair.fields.queues.calls import ShownCall
from jobfair.models import Role, Scope
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.queries.views import CompanyView
from jobfair.services.access.rights import Right
from jobfair.services.queues import interviews, overrides, queues
from jobfair.web.security.limits.rate_limits import joins_per_student
from jobfair.web.security.sign_in.authentication import (
    current_actor,
    demand,
    signed_in_only,
    stand_actor,
    student_only,
)

blueprint = Blueprint("api_queues", __name__, url_prefix="/api")


class Joining(Input):
    """`company` is the company's id."""

    company: Id


@blueprint.get("/queues/")
@answers("List one's own entries", list[entry_shapes.OwnEntry])
@student_only
@asks(Piece)
def own(asked: Piece) -> Response:
    page = places.dashboard(current_user.student_id)
    shaped = partial(shaping.own_entry, page)
    return piece_of(page.places, asked, lambda place: (place.id,), shaped)


@blueprint.post("/queues/")
@answers(
    "Take the last place of a company's queue",
    entry_shapes.NewEntry,
    201,
    also=(RequestCode.NOT_FOUND, RequestCode.TOO_MANY),
)
@student_only
@joins_per_student
@takes(Joining)
def join(given: Joining) -> entry_shapes.NewEntry | Refusal:
    outcome = queues.join(current_actor(), given.company)
    if isinstance(outcome, Refusal):
        return outcome
    return shaping.new_entry(outcome)


@blueprint.delete("/queues/<int:entry_id>/")
@answers("Give up a place; the desk takes any entry out of its queue", scope=Scope.WRITE)
@signed_in_only
def leave(entry_id: int) -> Refusal | None:
    if current_user.role is Role.STUDENT:
        outcome = queues.leave(current_actor(), entry_id)
    else:
        demand(Right.HELP)
        outcome = overrides.remove_entry(current_actor(), entry_id)
    return outcome if isinstance(outcome, Refusal) else None


@blueprint.delete("/queues/")
@answers("Leave every queue in which one waits", shapes.Updated)
@student_only
def leave_all() -> shapes.Updated | Refusal:
    outcome = queues.leave_all(current_actor())
    if isinstance(outcome, Refusal):
        return outcome
    left = len(outcome.events(Left))
    message = ngettext("You left %(num)d queue", "You left %(num)d queues", left)
    return shapes.Updated(message=message, updated=left)


@blueprint.post("/queues/<int:entry_id>/start/")
@answers("Start the interview one is called to", entry_shapes.Started)
@student_only
def start(entry_id: int) -> entry_shapes.Started | Refusal:
    outcome = interviews.start(current_actor(), entry_id)
    if isinstance(outcome, Refusal):
        return outcome
    return entry_shapes.Started(
        message=_("Interview started"),
        status=StudentStatus.IN_INTERVIEW,
        company=outcome.company.name,
    )


@blueprint.post("/queues/<int:entry_id>/undo_start/")
@answers("Take back, within a minute, that the interview started", shapes.Message)
@student_only
def undo_start(entry_id: int) -> shapes.Message | Refusal:
    return _message(interviews.undo_start(current_actor(), entry_id), _("Undo the start"))


@blueprint.post("/queues/<int:entry_id>/coming/")
@answers(
    "Say that one is coming; for three minutes nobody who returns ahead takes the turn",
    shapes.Message,
)
@student_only
def say_coming(entry_id: int) -> shapes.Message | Refusal:
    return _message(queues.say_coming(current_actor(), entry_id), _("I'm on my way"))


@blueprint.post("/queues/<int:entry_id>/pass/")
@answers("Let the next one go first; the place is kept, set aside", shapes.Message)
@student_only
def pass_turn(entry_id: int) -> shapes.Message | Refusal:
    return _message(queues.pass_turn(current_actor(), entry_id), _("Skip my turn"))


@blueprint.post("/queues/<int:entry_id>/present/")
@answers("Be here again, with an entry that was set aside", shapes.Message)
@student_only
def present(entry_id: int) -> shapes.Message | Refusal:
    return _message(queues.present(current_actor(), entry_id), _("I'm here"))


@blueprint.post("/queues/<int:entry_id>/seen/")
@answers("Say that a screen has shown the call, which its stand then knows")
@student_only
@takes(ShownCall)
def see_call(given: ShownCall, entry_id: int) -> Refusal | None:
    outcome = queues.see_call(current_actor(), entry_id, given.turn)
    return outcome if isinstance(outcome, Refusal) else None


@blueprint.get("/queues/opportunities/")
@answers("Show where one may start now, then where one waits", entry_shapes.Opportunities)
@student_only
def opportunities() -> entry_shapes.Opportunities:
    return shaping.opportunities(places.dashboard(current_user.student_id))


@blueprint.post("/company/<token>/queues/next/")
@answers("List who is callable now; changes nothing", stand_shapes.NextStudents, anyone=True)
@link_only
def called(company: CompanyView) -> stand_shapes.NextStudents:
    return shaping.next_students(stands.called(company.id))


@blueprint.post("/company/<token>/queues/<int:entry_id>/undo_start/")
@answers("Take back, within a minute, that an interview started", shapes.Message, anyone=True)
@link_only
def undo_start_at_stand(company: CompanyView, entry_id: int) -> shapes.Message | Refusal:
    return _message(interviews.undo_start(stand_actor(company), entry_id), _("Undo the start"))


@blueprint.post("/company/<token>/queues/<int:entry_id>/undo_completion/")
@answers("Take back, within a minute, that the last interview ended", shapes.Message, anyone=True)
@link_only
def undo_completion(company: CompanyView, entry_id: int) -> shapes.Message | Refusal:
    return _message(interviews.undo_completion(stand_actor(company), entry_id), _("Undo the end"))


@blueprint.post("/company/<token>/queues/<int:entry_id>/complete/")
@answers("End an interview that runs with the company", stand_shapes.Completed, anyone=True)
@link_only
def complete(company: CompanyView, entry_id: int) -> stand_shapes.Completed | Refusal:
    outcome = interviews.complete(stand_actor(company), entry_id)
    if isinstance(outcome, Refusal):
        return outcome
    return stand_shapes.Completed(
        message=_("Interview done"),
        student_id=outcome.student_id,
        is_completed=True,
        next_available_count=outcome.called,
    )


@blueprint.post("/company/<token>/queues/<int:entry_id>/absent/")
@answers("Set aside a called student who did not come", shapes.Message, anyone=True)
@link_only
def absent(company: CompanyView, entry_id: int) -> shapes.Message | Refusal:
    return _message(queues.absent(stand_actor(company), entry_id), _("Did not come"))


def _message(outcome: object, message: str) -> shapes.Message | Refusal:
    return outcome if isinstance(outcome, Refusal) else shapes.Message(message=message)
