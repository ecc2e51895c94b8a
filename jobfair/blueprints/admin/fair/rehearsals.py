"""Rehearsing the fair: what is supposed, how far the rehearsal is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.fields.fair.rehearsals import FIELDS, RehearsalAsked, plan_of, usual
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.models import RehearsalState
from jobfair.ops import rehearsals
from jobfair.queries.admin.fair import rehearsals as known
from jobfair.queries.admin.fair.rehearsals import RehearsalLine
from jobfair.queries.admin.figures import heat_map
from jobfair.queries.admin.lists.page import page_of
from jobfair.services.access.rights import Right
from jobfair.web.pages.responses import redirect_with_message, see_other
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.wording.fair import rehearsals as wording
from jobfair.wording.times import local_time

blueprint = Blueprint("rehearsals", __name__, url_prefix="/admin/rehearsal")


@blueprint.get("")
@needs(Right.MANAGE)
def index() -> str:
    """The rehearsals that there were, and what the next one supposes."""
    return _page({}, {})


@blueprint.post("")
@needs(Right.MANAGE)
def start() -> Response | tuple[str, int]:
    """Begin to rehearse, in a process of its own."""
    given = parse(RehearsalAsked, request.form)
    if isinstance(given, Invalid):
        return _page(request.form, given.errors), 400
    started = rehearsals.start(current_actor(), plan_of(known.fair_as_set_up(), given.model_dump()))
    if isinstance(started, Refusal):
        refused = refuse(started)
        return _page(request.form, refused.errors), refused.status
    return see_other(url_for("admin.rehearsals.show", rehearsal_id=started))


@blueprint.get("/<int:rehearsal_id>")
@needs(Right.MANAGE)
def show(rehearsal_id: int) -> str:
    """How far it is, and what came of it."""
    found = known.rehearsal(rehearsal_id)
    return render_template("admin/rehearsal.html", each=found, wording=wording, **_outcome(found))


@blueprint.post("/<int:rehearsal_id>/cancel")
@needs(Right.MANAGE)
def cancel(rehearsal_id: int) -> Response:
    refusal = rehearsals.cancel(rehearsal_id)
    said = _("The rehearsal is cancelled") if refusal is None else refuse(refusal).sentence
    return redirect_with_message(said, url_for("admin.rehearsals.index"))


def _outcome(of: RehearsalLine) -> dict[str, Any]:
    if of.outcome is None:
        return {}
    hours = known.hour_map(of.plan, of.outcome, local_time.zone())
    page = page_of(hours.stands, request.args.get("page", 1, type=int))
    return {
        "figures": [
            (words, getattr(of.outcome.figures, name)) for name, words in wording.FIGURES.items()
        ],
        "gains": [wording.gain(each, of.plan) for each in of.outcome.gains],
        "map": heat_map.drawn(hours, page.lines, heat_map.MEASURES[0]),
        "size": heat_map,
        "page": page,
    }


def _page(values: Mapping[str, Any], errors: dict[str, str]) -> str:
    fair = known.fair_as_set_up()
    past = known.rehearsals()
    return render_template(
        "admin/rehearsals.html",
        fields=FIELDS,
        values=values or _typed(usual(fair)),
        errors=errors,
        fair=fair,
        past=past,
        wording=wording,
        running=next((each for each in past if each.state is RehearsalState.RUNNING), None),
    )


def _typed(values: Mapping[str, Any]) -> dict[str, str]:
    """Values as a form shows them."""
    return {
        name: f"{value:%H:%M}" if name in ("opens", "closes") else str(value)
        for name, value in values.items()
    }
