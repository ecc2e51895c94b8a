"""What a student shows at the desk, through JSON."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from jobfair.blueprints.api.calls import answers
from jobfair.blueprints.api.student.shapes import Badge
from jobfair.queries import hall_codes
from jobfair.web.security.sign_in.authentication import student_only
from jobfair.web.urls import link_to

blueprint = Blueprint("api_badge", __name__, url_prefix="/api/students/me/badge")


@blueprint.get("/")
@answers("Show the badge by which the desk finds one", Badge)
@student_only
def show() -> Badge:
    code = hall_codes.code(current_user.student_id)
    return Badge(code=code, url=link_to("admin.desk.badge", code=code.replace(" ", "")))
