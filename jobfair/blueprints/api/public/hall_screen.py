"""What the hall's screen shows, by its link, through JSON: for a screen of one's own."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from pydantic import StringConstraints

from jobfair.blueprints.api.calls import answers, asks
from jobfair.blueprints.api.shapes.common import Shape
from jobfair.domain.state import CompanyStatus, Phase
from jobfair.fields.input.parsing import Query
from jobfair.queries.public import hall as halls
from jobfair.queries.public.hall import HallCard

blueprint = Blueprint("api_hall_screen", __name__, url_prefix="/api/hall_screens")


class OneHall(Query):
    """`hall` is the name of one hall; blank is all of them."""

    hall: Annotated[str, StringConstraints(max_length=40)] = ""


class CallingCompany(Shape):
    """A company on the screen. `called` has the names or codes, in the order of their calls."""

    id: int
    name: str
    stand: str | None
    hall: str | None
    status: CompanyStatus
    called: list[str]
    waiting: int
    running: int


class HallScreen(Shape):
    """The companies that call come first, in the order of their calls."""

    phase: Phase
    companies: list[CallingCompany]


@blueprint.get("/<screen>/")
@answers("Show who is called to which stand", HallScreen, anyone=True)
@asks(OneHall)
def show(given: OneHall, screen: str) -> HallScreen:
    halls.check(screen)
    view = halls.hall(given.hall)
    return HallScreen(phase=view.phase, companies=[_company(card) for card in view.cards])


def _company(card: HallCard) -> CallingCompany:
    company = card.company
    return CallingCompany(
        id=company.id,
        name=company.name,
        stand=company.stand,
        hall=company.hall,
        status=company.status,
        called=list(card.called),
        waiting=company.waiting,
        running=company.running,
    )
