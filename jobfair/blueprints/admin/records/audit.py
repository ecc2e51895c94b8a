"""The audit log, and the story of one student's or company's day, both from the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from jobfair import catalogue
from jobfair.catalogue.audit import actor, actor_kind, changes, icon, is_on_request, sentence
from jobfair.fields.types import LARGEST_ID
from jobfair.queries.admin import audit, directory, name_lookup
from jobfair.queries.admin.audit import AuditFilter, Story
from jobfair.web.security.authentication import admin_only
from jobfair.web.urls import number_asked
from jobfair.wording import local_time
from jobfair.wording.days import by_day

MINUTE = timedelta(minutes=1)
MOST_STUDENTS = 200
WORDS = {
    "sentence": sentence,
    "changes": changes,
    "actor": actor,
    "actor_kind": actor_kind,
    "event_icon": icon,
    "is_on_request": is_on_request,
}
FIELDS = ("student", "company", "kind", "actor", "since", "until", "all")

blueprint = Blueprint("audit", __name__, url_prefix="/admin")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters ask for; `errors` says by field what cannot be understood."""

    sought: AuditFilter
    errors: dict[str, str]


@blueprint.get("/audit")
@admin_only
def index() -> str | tuple[str, int]:
    asked = filters()
    if asked.errors:
        return _log(audit.LogPage((), None, None), asked.errors), 400
    return _log(audit.page(asked.sought, number_asked("before"), number_asked("after")), {})


@blueprint.get("/students/<int:student_id>/story")
@admin_only
def student_story(student_id: int) -> str:
    told = audit.of_student(student_id, number_asked("after") or 0)
    crumbs = [
        (url_for("admin.students.index"), _("Students")),
        (url_for("admin.student.index", student_id=student_id), told.name),
    ]
    return _story(told, crumbs, "students")


@blueprint.get("/companies/<int:company_id>/story")
@admin_only
def company_story(company_id: int) -> str:
    told = audit.of_company(company_id, number_asked("after") or 0)
    crumbs = [
        (url_for("admin.companies.index"), _("Companies")),
        (url_for("admin.company.index", company_id=company_id), told.name),
    ]
    return _story(told, crumbs, "companies")


def filters() -> Asked:
    """Read the filters of the log, and of its file, from the address."""
    errors: dict[str, str] = {}
    students = companies = None
    if search := _typed("student"):
        students = frozenset(name_lookup.find_students(search))
        if len(students) > MOST_STUDENTS:
            errors["student"] = _("Very many students are called so: type more of the name.")
    if search := _typed("company"):
        companies = frozenset(name_lookup.find_companies(search))
    actor, _separator, actor_id = _typed("actor").partition("-")
    sought = AuditFilter(
        students,
        companies,
        catalogue.named(_typed("kind")),
        actor or None,
        min(int(actor_id), LARGEST_ID) if actor_id.isdecimal() else None,
        _moment("since", errors),
        _moment("until", errors, MINUTE),
        calls=bool(_typed("all")),
    )
    return Asked(sought, errors)


def _typed(field: str) -> str:
    return request.args.get(field, "").strip()


def _moment(field: str, errors: dict[str, str], later: timedelta = timedelta()) -> datetime | None:
    text = _typed(field)
    if not text:
        return None
    try:
        return local_time.typed(text) + later
    except (ValueError, OverflowError):
        errors[field] = _("Give a date and a time such as 2026-11-23 09:30.")
        return None


def _log(page: audit.LogPage, errors: dict[str, str]) -> str:
    asked = {field: _typed(field) for field in FIELDS if _typed(field)}
    return render_template(
        "admin/audit.html",
        page=page,
        asked=asked,
        errors=errors,
        groups=catalogue.GROUPS,
        organisers=name_lookup.organisers(),
        company_names=directory.company_names(),
        moved="before" in request.args or "after" in request.args,
        **WORDS,
    )


def _story(told: Story, crumbs: list[tuple[str, str]], here: str) -> str:
    return render_template(
        "admin/story.html",
        story=told,
        days=by_day(told.lines),
        crumbs=crumbs,
        here=here,
        **WORDS,
    )
