"""Help for the organisers, on one screen."""

from __future__ import annotations

from flask import Blueprint, render_template

from jobfair.services.access.rights import Right
from jobfair.web.security.sign_in.authentication import needs

blueprint = Blueprint("guide", __name__, url_prefix="/admin")


@blueprint.get("/help")
@needs(Right.LOOK)
def index() -> str:
    return render_template("admin/help.html")
