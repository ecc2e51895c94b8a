"""The desk: a student is found, by name or by their badge, and helped on one page."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.datastructures import MultiDict

from jobfair.live.pages.admin import AT_DESK, DESK
from jobfair.queries.admin import desk
from jobfair.services.access.rights import Right
from jobfair.web import urls
from jobfair.web.pages.open_pages import open_page
from jobfair.web.pages.responses import browse, see_other, show
from jobfair.web.security.browsers.headers import letting_use
from jobfair.web.security.sign_in.authentication import needs

blueprint = Blueprint("desk", __name__)


@blueprint.get(DESK.address)
@needs(Right.HELP)
def index() -> Response:
    return letting_use("camera", browse(open_page(DESK)))


@blueprint.get(f"{DESK.address}/badge/<code>")
@needs(Right.HELP)
def badge(code: str) -> Response:
    """Where a badge leads: to its student; with a code that is nobody's, to the search."""
    found = desk.with_code(code)
    if len(found) == 1:
        return see_other(open_page(AT_DESK, student_id=found[0].id).address)
    return letting_use("camera", show(DESK.open(MultiDict({"q": code}), urls.site())))


@blueprint.get(AT_DESK.address)
@needs(Right.HELP)
def student(student_id: int) -> str:
    return show(open_page(AT_DESK, student_id=student_id))
