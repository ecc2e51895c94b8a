"""Rehearsing the fair through JSON: begin, look how far it is and what came of it, cancel."""

from __future__ import annotations

from flask import Blueprint

from jobfair.blueprints.api.admin.shapes.rehearsals import (
    RehearsalOutcome,
    RehearsalShown,
    RehearsedChange,
    RehearsedFigures,
    RehearsedHour,
    RehearsedRange,
    RehearsedStand,
)
from jobfair.blueprints.api.calls import answers, takes
from jobfair.domain.refusals import Refusal
from jobfair.fields.fair.rehearsals import RehearsalAsked, plan_of
from jobfair.fields.input.parsing import Input
from jobfair.ops import rehearsals
from jobfair.queries.admin.fair import rehearsals as known
from jobfair.queries.admin.fair.rehearsals import RehearsalLine
from jobfair.services.access.rights import Right
from jobfair.simulation.plan import Plan
from jobfair.simulation.rehearsal import Outcome, Range
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.wording.fair import rehearsals as wording

blueprint = Blueprint("api_rehearsals", __name__, url_prefix="/api/admin/rehearsals")


@blueprint.get("/")
@answers("List the rehearsals, the newest first", list[RehearsalShown])
@needs(Right.MANAGE)
def index() -> list[RehearsalShown]:
    return [_shown(each) for each in known.rehearsals()]


@blueprint.post("/")
@answers("Begin to rehearse; what is left out is as the fair is set up", RehearsalShown, 202)
@needs(Right.MANAGE)
@takes(RehearsalAsked)
def start(given: Input) -> RehearsalShown | Refusal:
    plan = plan_of(known.fair_as_set_up(), given.model_dump())
    started = rehearsals.start(current_actor(), plan)
    return started if isinstance(started, Refusal) else _shown(known.rehearsal(started))


@blueprint.get("/<int:rehearsal_id>/")
@answers("Show how far a rehearsal is, and what came of it", RehearsalShown)
@needs(Right.MANAGE)
def show(rehearsal_id: int) -> RehearsalShown:
    return _shown(known.rehearsal(rehearsal_id))


@blueprint.post("/<int:rehearsal_id>/cancel/")
@answers("Cancel a rehearsal that is under way", RehearsalShown)
@needs(Right.MANAGE)
def cancel(rehearsal_id: int) -> RehearsalShown | Refusal:
    found = known.rehearsal(rehearsal_id)
    return rehearsals.cancel(found.id) or _shown(known.rehearsal(rehearsal_id))


def _shown(of: RehearsalLine) -> RehearsalShown:
    return RehearsalShown(
        id=of.id,
        who=of.who,
        asked_at=of.asked_at,
        state=of.state,
        played=of.played,
        days=of.days,
        companies=len(of.plan.stands),
        students=of.plan.students,
        outcome=None if of.outcome is None else _outcome(of.outcome, of.plan),
    )


def _outcome(of: Outcome, plan: Plan) -> RehearsalOutcome:
    figures = {name: _range(getattr(of.figures, name)) for name in wording.FIGURES}
    return RehearsalOutcome(
        days=of.days,
        figures=RehearsedFigures(**figures),
        stands=[
            RehearsedStand(
                name=stand.name,
                unmet=stand.unmet,
                hours=[
                    RehearsedHour(hour=hour, began=found.began, wait=found.wait)
                    for hour, found in zip(of.hours, stand.hours, strict=True)
                    if found is not None
                ],
            )
            for stand in of.stands
        ],
        changes=[
            RehearsedChange(
                sentence=wording.gain(each, plan),
                enough=_range(each.enough),
                interviews=_range(each.interviews),
            )
            for each in of.gains
        ],
    )


def _range(of: Range) -> RehearsedRange:
    return RehearsedRange(mean=of.mean, least=of.least, most=of.most)
