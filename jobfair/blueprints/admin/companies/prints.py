"""What is printed before the day: the stands' links, and posters to join a queue from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for

from jobfair.queries.admin import roster
from jobfair.queries.admin.roster import ManagedCompany
from jobfair.queries.fair import sign_up
from jobfair.queries.projections.company_directory import aisle_order
from jobfair.queries.views import CompanyView
from jobfair.services.access.rights import Right
from jobfair.web.rendering import qr_codes
from jobfair.web.security.sign_in.authentication import needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint("printing", __name__, url_prefix="/admin")


@dataclass(frozen=True, slots=True)
class Card:
    """A company, an address of its own, and that address as a QR code, which is markup."""

    company: CompanyView
    address: str
    code: str


@blueprint.get("/print/links")
@needs(Right.MANAGE)
@recently_confirmed
def links() -> str:
    return _links(roster.companies(), url_for("admin.companies.index"))


@blueprint.get("/companies/<int:company_id>/print/link")
@needs(Right.MANAGE)
@recently_confirmed
def link(company_id: int) -> str:
    return _links([roster.company(company_id)], _page_of(company_id))


@blueprint.get("/print/posters")
@needs(Right.MANAGE)
def posters() -> str:
    return _posters(roster.companies(), url_for("admin.companies.index"))


@blueprint.get("/companies/<int:company_id>/print/poster")
@needs(Right.MANAGE)
def poster(company_id: int) -> str:
    return _posters([roster.company(company_id)], _page_of(company_id))


def _links(companies: list[ManagedCompany], back: str) -> str:
    addresses = [link_to("company.dashboard", token=each.token) for each in companies]
    return _printed("print/links.html", companies, addresses, back)


def _posters(companies: list[ManagedCompany], back: str) -> str:
    word = sign_up.shown_word()
    addresses = [
        link_to("student.companies.arrive", company_id=each.company.id, code=word)
        for each in companies
    ]
    return _printed("print/posters.html", companies, addresses, back, word=word)


def _page_of(company_id: int) -> str:
    return url_for("admin.company.index", company_id=company_id)


def _printed(
    template: str, companies: list[ManagedCompany], addresses: list[str], back: str, **more: Any
) -> str:
    """The print, in the order in which somebody walks along the stands."""
    codes = qr_codes.each(addresses)
    cards = [
        Card(each.company, address, code)
        for each, address, code in zip(companies, addresses, codes, strict=True)
    ]
    cards.sort(key=lambda card: aisle_order(card.company))
    return render_template(template, cards=cards, back=back, **more)
