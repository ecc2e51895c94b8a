"""A student's day: what has been."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from jobfair.catalogue import student_lines
from jobfair.live.pages.student import HISTORY
from jobfair.queries.admin import audit
from jobfair.web.open_pages import own_page
from jobfair.web.responses import show
from jobfair.web.security.authentication import student_only
from jobfair.web.urls import journal_number
from jobfair.wording.days import by_day

blueprint = Blueprint("history", __name__)


@blueprint.get(HISTORY.address)
@student_only
def index() -> str:
    """What the journal tells of the student, to them alone."""
    story = audit.of_student(current_user.student_id, journal_number("after") or 0)
    return show(own_page(HISTORY), days=by_day(student_lines.day(story.lines)), more=story.more)
