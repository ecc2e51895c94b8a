"""One company through JSON, as a signed-in person sees it."""

from __future__ import annotations

from flask import Blueprint

from jobfair.blueprints.api.calls import answers
from jobfair.blueprints.api.shapes import companies as company_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.queries.student import directory
from jobfair.web.security.sign_in.authentication import signed_in_only

blueprint = Blueprint("api_company_card", __name__, url_prefix="/api/companies")


@blueprint.get("/<int:company_id>/profile/")
@answers("Show what students read of a company, paused or not", company_shapes.ListedCompany)
@signed_in_only
def show(company_id: int) -> company_shapes.ListedCompany:
    return shaping.listed_company(directory.listed(company_id))
