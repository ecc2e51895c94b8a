"""What is printed before the day: the stands' links, and posters to join a queue from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import sleep

from flask import Blueprint, render_template, url_for

from jobfair.queries import sign_up
from jobfair.queries.admin import roster
from jobfair.queries.admin.roster import ManagedCompany
from jobfair.queries.views import CompanyView
from jobfair.services.access.rights import Right
from jobfair.web.rendering import qr_codes
from jobfair.web.security.authentication import needs
from jobfair.web.security.recent_password import recently_confirmed
from jobfair.web.urls import link_to

BETWEEN_CODES_SECONDS = 0.02
"""Hundreds of codes take ten seconds, each some 40 ms; everybody else is answered in between. An
answer waits several times, for its request and for the database: all of it has to fit in here."""

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
    cards = _cards(companies, lambda each: link_to("company.dashboard", token=each.token))
    return render_template("print/links.html", cards=cards, back=back)


def _posters(companies: list[ManagedCompany], back: str) -> str:
    word = sign_up.shown_word()
    cards = _cards(
        companies,
        lambda each: link_to("student.companies.arrive", company_id=each.company.id, code=word),
    )
    return render_template("print/posters.html", cards=cards, back=back, word=word)


def _page_of(company_id: int) -> str:
    return url_for("admin.company.index", company_id=company_id)


def _cards(
    companies: Iterable[ManagedCompany], address: Callable[[ManagedCompany], str]
) -> list[Card]:
    cards = []
    for each in companies:
        own = address(each)
        cards.append(Card(each.company, own, qr_codes.svg(own)))
        sleep(BETWEEN_CODES_SECONDS)
    return cards
