"""Help for students, and for whoever has no account yet, on one screen."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from jobfair.blueprints.student.entries import profile_page
from jobfair.live.fragments import STUDENT_HELP
from jobfair.models import Role

blueprint = Blueprint("guide", __name__)


@blueprint.get("/help")
def student() -> str:
    """A student who reads it is called all the same."""
    if current_user.is_authenticated and current_user.role is Role.STUDENT:
        page = profile_page(current_user.student_id)
        return STUDENT_HELP.render({**page, "refused": {}, "live_url": "/live/profile"})
    return render_template("account/help.html")
