"""The list of students, and creating one."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.fields.students.students import Registration
from jobfair.live.pages.admin import STUDENTS
from jobfair.services.access.accounts import NewStudent
from jobfair.services.access.rights import Right
from jobfair.services.students import students
from jobfair.web.pages.open_pages import open_page
from jobfair.web.pages.responses import browse, redirect_with_message
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs

blueprint = Blueprint("students", __name__, url_prefix=STUDENTS.address)


@blueprint.get("")
@needs(Right.LOOK)
def index() -> Response:
    return browse(open_page(STUDENTS))


@blueprint.get("/new")
@needs(Right.MANAGE)
def form() -> str:
    return _form({}, {})


@blueprint.post("/new")
@needs(Right.MANAGE)
def create() -> Response | tuple[str, int]:
    given = parse(Registration, request.form)
    if isinstance(given, Invalid):
        return _form(request.form, given.errors), 400
    account = students.create(current_actor(), NewStudent(**given.model_dump()))
    if isinstance(account, Refusal):
        refused = refuse(account)
        return _form(request.form, refused.errors), refused.status
    address = url_for("admin.student.index", student_id=account.student_id)
    return redirect_with_message(_("Student created"), address)


def _form(values: object, errors: dict[str, str]) -> str:
    return render_template("admin/new_student.html", values=values, errors=errors)
