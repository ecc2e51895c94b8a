"""Interviews that a stand noted on paper while its screen had failed, entered by an organiser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import count, takewhile

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import PaperDay, PaperRow
from jobfair.domain.decisions.paper_interviews import PaperInterview
from jobfair.domain.refusals import Refusal
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.live.pages.admin import COMPANY
from jobfair.queries.admin.lists import directory
from jobfair.queries.views import StudentView
from jobfair.services.access.rights import Right
from jobfair.services.queues import paper_interviews
from jobfair.web.pages.open_pages import open_page
from jobfair.web.pages.responses import redirect_with_message, show
from jobfair.web.refusals import refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.wording.refusals import Voice
from jobfair.wording.times.local_time import today, zone

blueprint = Blueprint("paper_interviews", __name__, url_prefix=f"{COMPANY.address}/paper")

CHOICES = 8
"""The most students that a search may find for one of them to be chosen."""


@dataclass(slots=True)
class _Sheet:
    """The form as it was filled in: its interviews by row, and what is wrong with it.

    `choices` are, by row, the students among whom a search does not decide.
    """

    interviews: dict[int, PaperInterview] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    choices: dict[int, list[StudentView]] = field(default_factory=dict)


@blueprint.post("")
@needs(Right.HELP)
def enter(company_id: int) -> Response | tuple[str, int]:
    sheet = _read(request.form)
    if sheet.errors:
        return _form_again(company_id, sheet)
    rows = list(sheet.interviews)
    noted = list(sheet.interviews.values())
    refusals = paper_interviews.enter(current_actor(), company_id, noted)
    if refusals:
        sheet.errors = {f"row-{rows[place]}": _words(each) for place, each in refusals.items()}
        return _form_again(company_id, sheet)
    message = ngettext("%(num)d interview entered", "%(num)d interviews entered", len(noted))
    return redirect_with_message(message, _address(company_id))


def _read(form: Mapping[str, str]) -> _Sheet:
    sheet = _Sheet()
    day = parse(PaperDay, MultiDict({"day": form.get("day", "")}))
    if isinstance(day, Invalid):
        sheet.errors.update(day.errors)
    for row in takewhile(lambda row: f"student-{row}" in form, count()):
        typed = {name: form.get(f"{name}-{row}", "") for name in PaperRow.model_fields}
        if any(text.strip() for text in typed.values()):
            given = parse(PaperRow, MultiDict(typed))
            if isinstance(given, Invalid):
                errors = given.errors
                sheet.errors.update({f"{name}-{row}": each for name, each in errors.items()})
            elif not isinstance(day, Invalid):
                _read_row(sheet, row, given, day.day or today(), form.get(f"chosen-{row}", ""))
    if not sheet.errors and not sheet.interviews:
        sheet.errors["student-0"] = _("This is required.")
    return sheet


def _read_row(sheet: _Sheet, row: int, given: PaperRow, day: date, chosen: str) -> None:
    found = directory.first_students(given.student, CHOICES).first
    students = [
        each
        for each in found
        if str(each.id) == chosen or each.email.lower() == given.student.lower()
    ] or found
    if len(students) == 1:
        times = _moment(day, given.started), _moment(day, given.ended)
        sheet.interviews[row] = PaperInterview(students[0].id, *times)
    elif students:
        sheet.choices[row] = students
        sheet.errors[f"chosen-{row}"] = _("Several students are called so: choose one.")
    else:
        sheet.errors[f"student-{row}"] = _("No student is called so.")


def _moment(day: date, hour: time) -> datetime:
    """The time in UTC of an hour in the fair's time zone."""
    return datetime.combine(day, hour, zone()).astimezone(UTC)


def _words(refusal: Refusal) -> str:
    return refuse(refusal, Voice.ABOUT_ANOTHER).sentence


def _form_again(company_id: int, sheet: _Sheet) -> tuple[str, int]:
    page = open_page(COMPANY, company_id=company_id)
    context = {"noted": request.form, "noted_errors": sheet.errors, "choices": sheet.choices}
    return show(page, **context), 400


def _address(company_id: int) -> str:
    return url_for("admin.company.index", company_id=company_id)
