"""The organisers' pages: the fair, its companies and queues, its students (rule 11)."""

from __future__ import annotations

from flask import Blueprint, Response

from jobfair.blueprints.admin import (
    companies,
    company,
    live,
    overview,
    queue,
    student,
    students,
)

blueprint = Blueprint("admin", __name__)

for each in (overview, companies, company, queue, students, student, live):
    blueprint.register_blueprint(each.blueprint)


@blueprint.after_request
def keep_to_yourself(response: Response) -> Response:
    """Names, addresses and the stands' links stay in no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response
