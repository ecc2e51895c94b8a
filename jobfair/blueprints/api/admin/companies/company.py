"""One company in an organiser's hands, through JSON: its queue's door, PIN, logo, stand, end."""

from __future__ import annotations

from flask import Blueprint

from jobfair.blueprints.api.calls import answers, takes
from jobfair.blueprints.api.files import PICTURE, takes_file
from jobfair.blueprints.api.shapes import common as shapes
from jobfair.blueprints.api.shapes import organisers as organiser_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.domain.refusals import Refusal
from jobfair.fields.companies.logos import encode
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Announcement, Id, Pin
from jobfair.queries.admin import roster
from jobfair.queries.stand import stands
from jobfair.services.access import pins
from jobfair.services.access.rights import Right
from jobfair.services.companies import companies, logos, stand_places
from jobfair.web.pictures import encoded
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint(
    "api_company", __name__, url_prefix="/api/companies/admin/companies/<int:company_id>"
)


class NewPin(Input):
    """What the company's link is to ask for."""

    pin: Pin


class Leaving(Input):
    """`text` is what those who wait there are told."""

    text: Announcement


class Swapping(Input):
    """`company` is the id of the other one."""

    company: Id


@blueprint.post("/close_queue/")
@answers("Close a company's queue: nobody joins, calling goes on", shapes.QueueSet)
@needs(Right.MANAGE)
def close_queue(company_id: int) -> shapes.QueueSet | Refusal:
    return _set_queue(company_id, is_open=False)


@blueprint.post("/open_queue/")
@answers("Open a company's queue", shapes.QueueSet)
@needs(Right.MANAGE)
def open_queue(company_id: int) -> shapes.QueueSet | Refusal:
    return _set_queue(company_id, is_open=True)


@blueprint.post("/leave/")
@answers(
    "Let a stand leave before the end: paused, its queue closed, those who wait told",
    organiser_shapes.Company,
)
@needs(Right.MANAGE)
@takes(Leaving)
def leave(given: Leaving, company_id: int) -> organiser_shapes.Company | Refusal:
    outcome = companies.leave(current_actor(), company_id, given.text)
    return outcome if isinstance(outcome, Refusal) else _company(company_id)


@blueprint.post("/swap/")
@answers(
    "Give two companies the stand, hall and spot on the map of the other",
    list[organiser_shapes.Company],
)
@needs(Right.MANAGE)
@takes(Swapping)
def swap(given: Swapping, company_id: int) -> list[organiser_shapes.Company] | Refusal:
    outcome = stand_places.swap(current_actor(), company_id, given.company)
    if isinstance(outcome, Refusal):
        return outcome
    return [_company(company_id), _company(given.company)]


@blueprint.put("/pin/")
@answers("Let a company's link ask for a PIN; every device has to give it again")
@needs(Right.MANAGE)
@takes(NewPin)
def set_pin(given: NewPin, company_id: int) -> None:
    pins.set_pin(current_actor(), company_id, given.pin)


@blueprint.delete("/pin/")
@answers("Let a company's link ask for no PIN any more; where it asked for none it is no error")
@needs(Right.MANAGE)
def remove_pin(company_id: int) -> None:
    pins.remove_pin(current_actor(), company_id)


@blueprint.put("/logo/")
@answers("Give a company another logo", organiser_shapes.Company)
@needs(Right.MANAGE)
@takes_file(PICTURE)
def set_logo(data: bytes, company_id: int) -> organiser_shapes.Company | Refusal:
    logo = encoded(data, encode)
    if isinstance(logo, Refusal):
        return logo
    logos.set_logo(current_actor(), company_id, logo)
    return _company(company_id)


@blueprint.delete("/logo/")
@answers("Take a company's logo away; where it has none it is no error")
@needs(Right.MANAGE)
def remove_logo(company_id: int) -> None:
    logos.set_logo(current_actor(), company_id, None)


def _set_queue(company_id: int, *, is_open: bool) -> shapes.QueueSet | Refusal:
    outcome = companies.edit(current_actor(), company_id, {"queue_open": is_open})
    if isinstance(outcome, Refusal):
        return outcome
    return shaping.queue_set(stands.company_by_id(company_id), is_open)


def _company(company_id: int) -> organiser_shapes.Company:
    return shaping.company(roster.company(company_id))
