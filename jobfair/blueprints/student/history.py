"""A student's day: what has been."""

from __future__ import annotations

from flask import Blueprint, request
from flask_login import current_user

from jobfair.catalogue import student_lines
from jobfair.live.pages.student import HISTORY
from jobfair.queries import standings
from jobfair.queries.admin.records import audit
from jobfair.web.pages.open_pages import own_page
from jobfair.web.pages.responses import show
from jobfair.web.security.sign_in.authentication import student_only
from jobfair.web.urls import journal_number
from jobfair.wording.refusals import Voice
from jobfair.wording.standings import sentence
from jobfair.wording.times.days import by_day

blueprint = Blueprint("history", __name__)


@blueprint.get(HISTORY.address)
@student_only
def index() -> tuple[str, int]:
    """What the journal tells of the student, to them alone; and why they were not called."""
    student_id = current_user.student_id
    why = standings.asked(student_id, request.args)
    story = audit.of_student(student_id, journal_number("after") or 0)
    page = show(
        own_page(HISTORY),
        days=by_day(student_lines.day(story.lines)),
        more=story.more,
        why=why,
        because=why.found and sentence(why.found, Voice.SELF),
    )
    return page, 400 if why.error else 200
