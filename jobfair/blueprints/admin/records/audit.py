"""The audit log, and the story of one student's or company's day, both from the journal."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from jobfair import catalogue
from jobfair.catalogue.audit import actor, actor_kind, changes, icon, is_on_request, sentence
from jobfair.queries import standings
from jobfair.queries.admin import name_lookup
from jobfair.queries.admin.lists import directory
from jobfair.queries.admin.records import audit, audit_filters
from jobfair.queries.admin.records.audit import Story
from jobfair.services.access.rights import Right
from jobfair.web.security.sign_in.authentication import needs
from jobfair.web.urls import journal_number
from jobfair.wording.refusals import Voice
from jobfair.wording.standings import sentence as reason
from jobfair.wording.times.days import by_day

WORDS = {
    "sentence": sentence,
    "changes": changes,
    "actor": actor,
    "actor_kind": actor_kind,
    "event_icon": icon,
    "is_on_request": is_on_request,
}

blueprint = Blueprint("audit", __name__, url_prefix="/admin")


@blueprint.get("/audit")
@needs(Right.LOOK)
def index() -> str | tuple[str, int]:
    asked = audit_filters.asked(request.args)
    if asked.errors:
        return _log(audit.LogPage((), None, None), asked.errors), 400
    return _log(audit.page(asked.filter, journal_number("before"), journal_number("after")), {})


@blueprint.get("/students/<int:student_id>/story")
@needs(Right.LOOK)
def student_story(student_id: int) -> tuple[str, int]:
    """A student's day, and why they were not called at a moment of it."""
    story = audit.of_student(student_id, journal_number("after") or 0)
    why = standings.asked(student_id, request.args)
    crumbs = [
        (url_for("admin.students.index"), _("Students")),
        (url_for("admin.student.index", student_id=student_id), story.name),
    ]
    because = why.found and reason(why.found, Voice.ABOUT_ANOTHER)
    page = _story(story, crumbs, "students", why=why, because=because)
    return page, 400 if why.error else 200


@blueprint.get("/companies/<int:company_id>/story")
@needs(Right.LOOK)
def company_story(company_id: int) -> str:
    story = audit.of_company(company_id, journal_number("after") or 0)
    crumbs = [
        (url_for("admin.companies.index"), _("Companies")),
        (url_for("admin.company.index", company_id=company_id), story.name),
    ]
    return _story(story, crumbs, "companies")


def _log(page: audit.LogPage, errors: dict[str, str]) -> str:
    return render_template(
        "admin/audit.html",
        page=page,
        asked=audit_filters.typed(request.args),
        errors=errors,
        groups=catalogue.GROUPS,
        team=name_lookup.team(),
        company_names=directory.company_names(),
        moved="before" in request.args or "after" in request.args,
        **WORDS,
    )


def _story(story: Story, crumbs: list[tuple[str, str]], here: str, **more: Any) -> str:
    return render_template(
        "admin/story.html",
        story=story,
        days=by_day(story.lines),
        crumbs=crumbs,
        here=here,
        **more,
        **WORDS,
    )
