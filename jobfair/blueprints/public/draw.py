"""The draw of a fair that opens by lot: what is promised, what was drawn, and how to check it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_login import current_user

from jobfair.fields.input.parsing import Criteria, Invalid, parse
from jobfair.fields.input.types import Id
from jobfair.queries.public import draws
from jobfair.queries.public.draws import Draw, Ticket

blueprint = Blueprint("draw", __name__)


class Sought(Criteria):
    """An entry, as its student's page of the draw names it."""

    company: Id
    entry: Id


@blueprint.get("/draw")
def index() -> str:
    draw = draws.draw()
    student_id = current_user.student_id if current_user.is_authenticated else None
    asked = "entry" in request.args
    given = parse(Sought, request.args) if asked else None
    return render_template(
        "public/draw.html",
        draw=draw,
        own=[] if draw is None or student_id is None else draws.own_tickets(draw, student_id),
        asked=asked,
        found=_found(draw, given) if isinstance(given, Sought) else None,
        errors=given.errors if isinstance(given, Invalid) else {},
    )


def _found(draw: Draw | None, sought: Sought) -> Ticket | None:
    return None if draw is None else draws.ticket(draw, sought.company, sought.entry)
