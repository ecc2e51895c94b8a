"""What the organisers say to a stand, through JSON."""

from __future__ import annotations

from flask import Blueprint, Response

from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.links import link_only
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.stand.shapes import OrganisersMessage
from jobfair.fields.fair.messages import PutAway
from jobfair.queries.fair import messages as messages_query
from jobfair.queries.views import CompanyView, StandingMessage
from jobfair.services.fair import messages as message_service
from jobfair.web.security.sign_in.authentication import stand_actor

blueprint = Blueprint("api_stand_messages", __name__, url_prefix="/api/company/<token>/messages")


@blueprint.get("/")
@answers(
    "List the organisers' messages of today that the stand has not put away, the latest first",
    list[OrganisersMessage],
    anyone=True,
)
@link_only
@asks(Piece)
def standing(asked: Piece, company: CompanyView) -> Response:
    found = messages_query.standing_at(company.id)
    return piece_of(found, asked, lambda each: (-each.number,), _message)


@blueprint.post("/put_away/")
@answers("Put away the messages up to the one of this number, on all screens", anyone=True)
@link_only
@takes(PutAway)
def put_away(given: PutAway, company: CompanyView) -> None:
    message_service.put_away_at_stand(stand_actor(company), given.number)


def _message(of: StandingMessage) -> OrganisersMessage:
    return OrganisersMessage(id=of.number, at=of.at, text=of.text)
