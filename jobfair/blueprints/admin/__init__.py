"""The organisers' pages: the fair, its companies and queues, its students (rule 11)."""

from __future__ import annotations

from flask import Blueprint, Response

from jobfair.blueprints.admin import (
    account,
    alerts,
    audit,
    calls,
    companies,
    company,
    emergency,
    exports,
    guide,
    hall_screen,
    imports,
    invitations,
    live,
    messages,
    overview,
    paper,
    pin,
    printing,
    queue,
    report,
    student,
    students,
)

blueprint = Blueprint("admin", __name__)

for each in (
    overview,
    companies,
    company,
    pin,
    queue,
    students,
    student,
    alerts,
    calls,
    emergency,
    messages,
    live,
    paper,
    hall_screen,
    imports,
    invitations,
    printing,
    audit,
    exports,
    report,
    guide,
    account,
):
    blueprint.register_blueprint(each.blueprint)


@blueprint.after_request
def keep_to_yourself(response: Response) -> Response:
    """Names, addresses and the stands' links stay in no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response
