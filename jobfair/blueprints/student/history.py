"""A student's day: the interview that is running, and what has been."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect
from flask_login import current_user

from jobfair.blueprints.student.entries import profile_page
from jobfair.catalogue import student_lines
from jobfair.live.fragments import STUDENT_HISTORY, STUDENT_INTERVIEW
from jobfair.queries.admin import audit
from jobfair.queries.student import places
from jobfair.web.security.authentication import student_only
from jobfair.web.urls import number_asked
from jobfair.wording.days import by_day

blueprint = Blueprint("day", __name__)


def interview_page(student_id: int) -> dict[str, object]:
    """What the page of an interview shows a student, also once it is over."""
    return {"dashboard": places.dashboard(student_id), "compact": True, "alone": True}


@blueprint.get("/interview")
@student_only
def interview() -> str | Response:
    """The interview that is running; without one there is nothing here to wait for."""
    student_id = current_user.student_id
    if places.dashboard(student_id).running is None:
        response: Response = make_response(redirect("/dashboard", 303))
        return response
    page = interview_page(student_id)
    return STUDENT_INTERVIEW.render({**page, "refused": {}, "live_url": "/live/interview"})


@blueprint.get("/history")
@student_only
def history() -> str:
    """What the journal tells of the student, to them alone."""
    student_id = current_user.student_id
    told = audit.of_student(student_id, number_asked("after") or 0)
    days = by_day(student_lines.day(told.lines))
    return STUDENT_HISTORY.render(
        {
            **profile_page(student_id),
            "days": days,
            "more": told.more,
            "refused": {},
            "live_url": "/live/profile",
        }
    )
