"""The stands' links through JSON: who has not opened theirs, all of them to take away, new PINs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Response

from jobfair.blueprints.api.admin.shapes.links import LinkOfCompany, LinkTaken
from jobfair.blueprints.api.calls import answers, asks
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.queries.admin import roster
from jobfair.queries.admin.lists.companies import CompanyFilter, found_companies
from jobfair.queries.admin.roster import ManagedCompany
from jobfair.services.access import pins
from jobfair.services.access.rights import Right
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint("api_links", __name__, url_prefix="/api/admin/links")


class LinkChoice(Piece):
    """`unopened` lists only companies whose link nobody has opened yet."""

    unopened: bool = False


@blueprint.get("/")
@answers("List who has opened the link of their stand, without the links", list[LinkOfCompany])
@needs(Right.MANAGE)
@asks(LinkChoice)
def every_link(choice: LinkChoice) -> Response:
    opened = _opened()
    found = [
        each for each in roster.companies() if not (choice.unopened and each.company.id in opened)
    ]
    return piece_of(
        found, choice, roster.company_order, lambda each: LinkOfCompany(**_owner(each, opened))
    )


@blueprint.post("/")
@answers("Take every stand's link away, as for a mail merge; the log says so", list[LinkTaken])
@needs(Right.MANAGE)
@recently_confirmed
def take() -> list[LinkTaken]:
    companies = roster.companies()
    pins.note_links_taken(current_actor(), len(companies))
    return _taken(companies, {})


@blueprint.post("/pins/")
@answers("Give a PIN to each stand that has none; each is shown this once", list[LinkTaken])
@needs(Right.MANAGE)
@recently_confirmed
def give_pins() -> list[LinkTaken]:
    given = pins.give_pins(current_actor())
    return _taken([each for each in roster.companies() if each.company.id in given], given)


def _taken(companies: Iterable[ManagedCompany], given: Mapping[int, str]) -> list[LinkTaken]:
    opened = _opened()
    return [
        LinkTaken(
            **_owner(each, opened),
            access_url=link_to("company.dashboard", token=each.token),
            pin=given.get(each.company.id),
        )
        for each in companies
    ]


def _owner(managed: ManagedCompany, opened: frozenset[int]) -> dict[str, Any]:
    company = managed.company
    return {
        "company": company.id,
        "name": company.name,
        "stand": company.stand,
        "hall": company.hall,
        "contact": managed.contact,
        "opened": company.id in opened,
        "asks_pin": managed.asks_pin,
    }


def _opened() -> frozenset[int]:
    return frozenset(line.company.id for line in found_companies(CompanyFilter()) if line.opened)
