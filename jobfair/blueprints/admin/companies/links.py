"""The stands' links: as a file for a mail merge, with new PINs, and one of them large to scan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from jobfair.queries.admin import roster
from jobfair.queries.admin.lists.companies import CompanyFilter, found_companies
from jobfair.queries.admin.roster import ManagedCompany
from jobfair.services import mail
from jobfair.services.access import pins
from jobfair.services.access.rights import Right
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.rendering import qr_codes
from jobfair.web.rendering.csv_files import Cell
from jobfair.web.rendering.table_files import FORMATS
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint("links", __name__, url_prefix="/admin/companies")


@blueprint.get("/links")
@needs(Right.MANAGE)
def index() -> str:
    companies = roster.companies()
    return render_template(
        "admin/company_links.html",
        total=len(companies),
        unopened=len(found_companies(CompanyFilter(unopened=True))),
        with_pin=sum(each.asks_pin for each in companies),
        sends=mail.is_configured(),
    )


@blueprint.post("/links")
@needs(Right.MANAGE)
@recently_confirmed
def download() -> Response:
    """Every stand's link as a file; that it was taken stands in the log."""
    companies = roster.companies()
    pins.note_links_taken(current_actor(), len(companies))
    return _file(companies, {})


@blueprint.post("/links/pins")
@needs(Right.MANAGE)
@recently_confirmed
def give_pins() -> Response:
    """A PIN for each stand that has none; the file is the only place where they can be read."""
    given = pins.give_pins(current_actor())
    if not given:
        return redirect_with_message(
            _("Every stand has a PIN already"), url_for("admin.links.index")
        )
    return _file([each for each in roster.companies() if each.company.id in given], given)


@blueprint.get("/<int:company_id>/link/code")
@needs(Right.MANAGE)
@recently_confirmed
def code(company_id: int) -> str:
    """One stand's link as large as the screen, for its tablet to scan."""
    managed = roster.company(company_id)
    address = _address(managed)
    return render_template(
        "admin/link_code.html", managed=managed, address=address, code=qr_codes.drawn(address)
    )


def _file(companies: list[ManagedCompany], given: Mapping[int, str]) -> Response:
    headings = [
        _("Company"),
        _("Stand"),
        _("Hall"),
        _("Contact address"),
        _("Link"),
        _("Link opened"),
        _("PIN"),
    ]
    attachment = FORMATS.get(request.form.get("suffix", ""), FORMATS["csv"])
    return attachment(_("jobfair-company-links"), headings, _rows(companies, given))


def _rows(companies: list[ManagedCompany], given: Mapping[int, str]) -> Iterator[tuple[Cell, ...]]:
    unopened = {line.company.id for line in found_companies(CompanyFilter(unopened=True))}
    for each in companies:
        company_id = each.company.id
        yield (
            each.company.name,
            each.company.stand,
            each.company.hall,
            each.contact,
            _address(each),
            _("no") if company_id in unopened else _("yes"),
            given.get(company_id) or (_("has one") if each.asks_pin else _("none")),
        )


def _address(managed: ManagedCompany) -> str:
    return link_to("company.dashboard", token=managed.token)
