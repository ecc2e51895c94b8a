"""What a student was told today."""

from __future__ import annotations

from flask import Blueprint

from jobfair.live.pages.student import NOTIFICATIONS
from jobfair.web.open_pages import own_page
from jobfair.web.responses import show
from jobfair.web.security.authentication import student_only

blueprint = Blueprint("notifications", __name__)


@blueprint.get(NOTIFICATIONS.address)
@student_only
def index() -> str:
    return show(own_page(NOTIFICATIONS))
