"""The draw of a fair that opens by lot, through JSON: all that somebody needs to check it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from jobfair.blueprints.api.calls import answers
from jobfair.blueprints.api.shapes.common import Moment, Shape
from jobfair.queries.public import draws
from jobfair.queries.stand import stands

blueprint = Blueprint("api_draws", __name__, url_prefix="/api/draw")


class Draw(Shape):
    """The draw that is to come, or the last one.

    `digest` is the SHA-256 of the seed, both in hexadecimal; it is null where the fair does not
    open by lot. `seed` and `drawn_at` are null until it opens.
    """

    digest: str | None
    seed: str | None
    drawn_at: Moment | None


class DealtPlace(Shape):
    """An entry, by its id, and the position that it was dealt."""

    entry: int
    position: int


class CompanyDraw(Draw):
    """The same with the places of one company, lowest HMAC-SHA256(seed, "company:entry") first.

    Those who joined after the opening are not in it.
    """

    company: int
    dealt: list[DealtPlace]


@blueprint.get("/")
@answers("Show the draw: the seed's digest, and from the opening on the seed", Draw, anyone=True)
def show() -> Draw:
    return Draw(**_shaped(draws.draw()))


@blueprint.get("/<int:company_id>/")
@answers("Show the draw of one company, by entry and without names", CompanyDraw, anyone=True)
def show_company(company_id: int) -> CompanyDraw:
    draw = draws.draw()
    dealt = [] if draw is None else draws.dealt(company_id, draw.number)
    if not dealt:
        # A company that has gone since keeps the places that it dealt.
        stands.company_by_id(company_id)
    places = [DealtPlace(entry=each, position=at) for each, at in dealt]
    return CompanyDraw(**_shaped(draw), company=company_id, dealt=places)


def _shaped(draw: draws.Draw | None) -> dict[str, Any]:
    if draw is None:
        return dict.fromkeys(Draw.model_fields)
    return {name: getattr(draw, name) for name in Draw.model_fields}
