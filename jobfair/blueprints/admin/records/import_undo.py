"""Taking back the last import, in one action, as far as nothing was done with it."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import Problem, RequestCode
from jobfair.imports import undoing
from jobfair.services.access.rights import Right
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.wording.admin import imports as words

blueprint = Blueprint(
    "import_undo", __name__, url_prefix="/admin/<any(students, companies):what>/import/undo"
)


@blueprint.post("")
@needs(Right.MANAGE)
@recently_confirmed
def undo(what: str) -> Response:
    number = request.form.get("number", 0, type=int)
    undone = undoing.undo(current_actor(), what, number)
    if isinstance(undone, Refusal):
        raise Problem(RequestCode(undone.code))
    return redirect_with_message(words.undone(undone), url_for("admin.imports.form", what=what))
