"""Help for the organisers, on one screen."""

from __future__ import annotations

from flask import Blueprint, render_template

from jobfair.web.security.authentication import admin_only

blueprint = Blueprint("guide", __name__, url_prefix="/admin")


@blueprint.get("/help")
@admin_only
def index() -> str:
    return render_template("admin/help.html")
