"""Help for students, and for visitors without an account, on one screen."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from jobfair.live.pages.student import HELP
from jobfair.models import Role
from jobfair.web.pages.open_pages import own_page
from jobfair.web.pages.responses import show

blueprint = Blueprint("help", __name__)


@blueprint.get(HELP.address)
def index() -> str:
    """A student who reads it is called all the same."""
    if current_user.is_authenticated and current_user.role is Role.STUDENT:
        return show(own_page(HELP))
    return render_template("account/help.html")
