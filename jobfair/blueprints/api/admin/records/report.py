"""What came of the fair through JSON: its figures now, and those of past editions."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response

from jobfair import clock
from jobfair.blueprints.api.admin.records import figures
from jobfair.blueprints.api.admin.shapes.records import (
    EditionReport,
    FairReport,
    PastEdition,
    StandHours,
)
from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.domain.refusals import Refusal
from jobfair.fields.fair.fair import WholeFairMeant
from jobfair.fields.input.types import Id
from jobfair.ops import editions, purge
from jobfair.queries.admin.figures import past_editions
from jobfair.queries.admin.figures.statistics import HourMap, by_hour, by_studies, stand_order
from jobfair.services.access.rights import Right
from jobfair.services.fair import whole_fair
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.wording.times import local_time

blueprint = Blueprint("api_report", __name__, url_prefix="/api/admin")


class EditionClosing(WholeFairMeant):
    """Those of the `companies` stay for the next edition, with new links; all others go."""

    companies: list[Id]


@blueprint.get("/report/")
@answers("Show the figures of the fair now", FairReport)
@needs(Right.LOOK)
def report() -> FairReport:
    now = past_editions.report_now(local_time.zone())
    return figures.report(now, clock.now(), by_studies())


@blueprint.get("/report/hours/")
@answers("Show what began at each stand in each hour", list[StandHours])
@needs(Right.LOOK)
@asks(Piece)
def hours(asked: Piece) -> Response:
    return _hours(by_hour(local_time.zone()), asked)


@blueprint.get("/editions/")
@answers("List the past editions, the latest first", list[PastEdition])
@needs(Right.LOOK)
@asks(Piece)
def every_edition(asked: Piece) -> Response:
    return piece_of(past_editions.editions(), asked, lambda each: (-each.id,), _edition)


@blueprint.post("/editions/")
@answers("Close the edition: its figures stay, its people are removed for good", PastEdition, 201)
@needs(Right.MANAGE)
@recently_confirmed
@takes(EditionClosing)
def close(given: EditionClosing) -> PastEdition | Refusal:
    refusal = whole_fair.refusal(given.typed_name, given.although_open)
    if refusal is not None:
        return refusal
    closed = editions.close(current_actor(), given.companies)
    if isinstance(closed, Refusal):
        return closed
    purge.wipe()
    return _edition(past_editions.edition(closed)[0])


@blueprint.get("/editions/<int:edition_id>/")
@answers("Show the figures of a past edition", EditionReport)
@needs(Right.LOOK)
def edition(edition_id: int) -> EditionReport:
    found, kept = past_editions.edition(edition_id)
    shaped = figures.report(kept, found.closed_at, studies=())
    return EditionReport(**dict(_edition(found)), report=shaped)


@blueprint.get("/editions/<int:edition_id>/hours/")
@answers("Show what began at each stand in each hour of a past edition", list[StandHours])
@needs(Right.LOOK)
@asks(Piece)
def edition_hours(asked: Piece, edition_id: int) -> Response:
    return _hours(past_editions.edition(edition_id)[1].hours, asked)


def _hours(found: HourMap, asked: Piece) -> Response:
    return piece_of(found.stands, asked, stand_order, partial(figures.hours, found.starts))


def _edition(of: past_editions.PastEdition) -> PastEdition:
    return PastEdition(
        id=of.id,
        name=of.name,
        starts_on=of.starts_on,
        ends_on=of.ends_on,
        closed_at=of.closed_at,
    )
