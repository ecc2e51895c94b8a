"""The logo of one company: uploading it, taking it away."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.logos import encode
from jobfair.queries.admin import roster
from jobfair.services.access.rights import Right
from jobfair.services.companies import logos
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.pictures import carries_picture, uploaded
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("logo", __name__, url_prefix="/admin/companies/<int:company_id>/logo")


@blueprint.get("")
@needs(Right.MANAGE)
def form(company_id: int) -> str:
    return _form(company_id)


@blueprint.post("")
@needs(Right.MANAGE)
def change(company_id: int) -> Response | tuple[str, int]:
    logo = uploaded("logo", encode)
    if isinstance(logo, Refusal):
        return _refused(logo, company_id)
    logos.set_logo(current_actor(), company_id, logo)
    return _back_with(company_id, _("The logo is shown from now on."))


@blueprint.post("/remove")
@needs(Right.MANAGE)
def remove(company_id: int) -> Response:
    logos.set_logo(current_actor(), company_id, None)
    return _back_with(company_id, _("The logo is removed."))


@carries_picture(blueprint, RequestCode.LOGO_TOO_LARGE)
def _refused(refusal: Refusal, company_id: int) -> tuple[str, int]:
    refused = refuse(refusal)
    return _form(company_id, refused.errors["logo"]), refused.status


def _form(company_id: int, error: str | None = None) -> str:
    return render_template("admin/logo.html", managed=roster.company(company_id), error=error)


def _back_with(company_id: int, message: str) -> Response:
    return redirect_with_message(message, url_for("admin.company.index", company_id=company_id))
