"""The list of companies, and creating one (flow 6)."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import CompanyCard
from jobfair.domain.refusals import Refusal
from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.input.parsing import Invalid, parse, text_of
from jobfair.live.pages.admin import COMPANIES
from jobfair.services.access.rights import Right
from jobfair.services.companies import companies, own_profiles
from jobfair.web.pages.open_pages import open_page
from jobfair.web.pages.responses import browse, redirect_with_message
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("companies", __name__, url_prefix=COMPANIES.address)


@blueprint.get("")
@needs(Right.LOOK)
def index() -> Response:
    return browse(open_page(COMPANIES))


@blueprint.get("/new")
@needs(Right.MANAGE)
def form() -> str:
    return _form({"slots": 1}, {})


@blueprint.post("/new")
@needs(Right.MANAGE)
def create() -> Response | tuple[str, int]:
    given = parse(CompanyCard, request.form)
    if isinstance(given, Invalid):
        return _form(_typed(), given.errors), 400
    created = companies.create(current_actor(), NewCompany(**given.model_dump()))
    if isinstance(created, Refusal):
        refused = refuse(created)
        return _form(_typed(), refused.errors), refused.status
    address = url_for("admin.company.index", company_id=created)
    return redirect_with_message(_("Company created. Here is its link."), address)


@blueprint.post("/profiles")
@needs(Right.MANAGE)
def set_profile_editing() -> Response:
    """Let companies write their own profiles until the fair opens, or no longer."""
    allowed = bool(request.form.get("allowed"))
    own_profiles.set_editing(current_actor(), allowed)
    message = _("Companies may write their own profiles") if allowed else _("They may no longer")
    return redirect_with_message(message, url_for("admin.companies.index"))


def _typed() -> dict[str, str]:
    return {name: text_of(request.form, name) for name in request.form}


def _form(values: object, errors: dict[str, str]) -> str:
    return render_template("admin/new_company.html", values=values, errors=errors)
