"""The list of students, and creating one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.pages import (
    STUDENTS,
    redirect_with_message,
    show,
)
from jobfair.domain.refusals import Refusal
from jobfair.fields.accounts import Registration
from jobfair.fields.parsing import Invalid, parse
from jobfair.queries.admin import directory
from jobfair.services import students
from jobfair.services.access.accounts import NewStudent
from jobfair.web.refusals import refuse
from jobfair.web.responses import Shown
from jobfair.web.security.authentication import admin_only, current_actor

blueprint = Blueprint("students", __name__, url_prefix="/admin/students")


def load(search: str, number: int) -> dict[str, Any]:
    """What a page of the list shows."""
    return {
        "page": directory.students(search, number),
        "search": search,
        "company_names": directory.company_names(),
    }


def shown(search: str, number: int) -> Shown:
    """A page of the list."""
    address = url_for("admin.students.index", q=search or None, page=number)
    return Shown(STUDENTS, address, lambda: load(search, number))


@blueprint.get("", strict_slashes=False)
@admin_only
def index() -> str:
    return show(shown(request.args.get("q", ""), request.args.get("page", 1, type=int)))


@blueprint.get("/new")
@admin_only
def form() -> str:
    return _form({}, {})


@blueprint.post("/new")
@admin_only
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
