"""The fair in figures, through JSON."""

from __future__ import annotations

from flask import Blueprint

from jobfair.blueprints.api.calls import answers
from jobfair.blueprints.api.shapes import organisers as organiser_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.queries.admin.fair.overview import figures
from jobfair.services.access.rights import Right
from jobfair.web.security.sign_in.authentication import needs

blueprint = Blueprint("api_dashboard", __name__, url_prefix="/api/admin")


@blueprint.get("/dashboard/")
@answers("Show the fair in figures", organiser_shapes.Overview)
@needs(Right.LOOK)
def dashboard() -> organiser_shapes.Overview:
    return shaping.overview(figures())
