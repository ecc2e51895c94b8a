"""One student: name and address, status, places, password, end (rules 10 and 11)."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from jobfair.blueprints.admin.called import did_not_come, is_here_again
from jobfair.blueprints.admin.chosen_company import PICKED, answer_typed, chosen_company
from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.blueprints.admin.forms import Rank, StudentEdit
from jobfair.domain.events import InterviewStarted
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.exceptions import Problem, RequestCode
from jobfair.fields.access.accounts import ChosenPassword
from jobfair.fields.input.edits import values_of
from jobfair.fields.input.parsing import Invalid, parse, text_of
from jobfair.fields.students.students import CARD
from jobfair.live.page import OpenPage
from jobfair.live.pages.admin import STUDENT
from jobfair.queries.admin import roster
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.queries.views import Dashboard
from jobfair.security.hashing.passwords import issued
from jobfair.services.access import addresses
from jobfair.services.access.rights import Right
from jobfair.services.queues import overrides
from jobfair.services.students import students
from jobfair.unit_of_work.transaction import Committed
from jobfair.web.pages.edit_forms import EditForm
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.pages.responses import answer, redirect_with_message, show
from jobfair.web.security import traces
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed

blueprint = Blueprint("student", __name__, url_prefix=STUDENT.address)


@blueprint.get("")
@needs(Right.LOOK)
def index(student_id: int) -> str:
    return show(open_page(STUDENT, student_id=student_id))


@blueprint.post("")
@needs(Right.MANAGE)
def edit(student_id: int) -> AnyResponse | tuple[str, int]:
    write = partial(students.edit, current_actor(), student_id)
    return _card(student_id).submit(StudentEdit, write, _address(student_id))


@blueprint.post("/status")
@needs(Right.HELP)
def force_status(student_id: int) -> Response | tuple[str, int]:
    statuses: dict[str | None, StudentStatus] = {str(each): each for each in StudentStatus}
    status = statuses.get(request.form.get("status"))
    if PICKED in request.form:
        status = StudentStatus.IN_INTERVIEW
    if status is None:
        raise Problem(RequestCode.INVALID, reason=_("Choose a status."))
    outcome = _forced(student_id, status)
    message = _("Status changed")
    if isinstance(outcome, Committed) and (started := outcome.events(InterviewStarted)):
        message = _("In interview at %(company)s", company=_company_name(started[0].company_id))
    return answer_typed(_page(student_id), outcome, f"student-{student_id}", message)


@blueprint.post("/deactivate")
@needs(Right.MANAGE)
def deactivate(student_id: int) -> Response:
    outcome = students.set_active(current_actor(), student_id, active=False)
    message = _("Deactivated: signed out, and skipped in every queue")
    return answer(_page(student_id), outcome, f"student-{student_id}", message)


@blueprint.post("/address/confirm")
@needs(Right.HELP)
def confirm_address(student_id: int) -> Response:
    addresses.confirm_for(current_actor(), student_id)
    return answer(_page(student_id), None, f"student-{student_id}", _("Address confirmed"))


@blueprint.post("/reactivate")
@needs(Right.MANAGE)
def reactivate(student_id: int) -> Response:
    outcome = students.set_active(current_actor(), student_id, active=True)
    return answer(_page(student_id), outcome, f"student-{student_id}", _("Reactivated"))


@blueprint.post("/entries")
@needs(Right.HELP)
def add(student_id: int) -> Response | tuple[str, int]:
    company_id, given = chosen_company(request.form), parse(Rank, request.form)
    if isinstance(given, Invalid):
        raise Problem(RequestCode.INVALID, reason=next(iter(given.errors.values())))
    if isinstance(company_id, Refusal):
        return answer_typed(_page(student_id), company_id, "entries", "")
    outcome = overrides.add_entry(current_actor(), student_id, company_id, given.rank)
    message = _("Added to the queue of %(company)s", company=_company_name(company_id))
    return answer_typed(_page(student_id), outcome, "entries", message)


@blueprint.post("/entries/<int:entry_id>/complete")
@needs(Right.HELP)
def complete(student_id: int, entry_id: int) -> Response:
    outcome = overrides.complete_for(current_actor(), entry_id)
    return answer(_page(student_id), outcome, f"entry-{entry_id}", _("Interview done"))


@blueprint.post("/entries/<int:entry_id>/undo")
@needs(Right.HELP)
def undo_completion(student_id: int, entry_id: int) -> Response:
    """Take back that an interview ended, which somebody did by mistake."""
    outcome = overrides.undo_completion_for(current_actor(), entry_id)
    return answer(_page(student_id), outcome, f"entry-{entry_id}", _("The interview goes on"))


@blueprint.post("/entries/<int:entry_id>/remove")
@needs(Right.HELP)
def remove(student_id: int, entry_id: int) -> Response:
    outcome = overrides.remove_entry(current_actor(), entry_id)
    return answer(_page(student_id), outcome, f"entry-{entry_id}", _("Removed from the queue"))


@blueprint.post("/entries/<int:entry_id>/absent")
@needs(Right.HELP)
def absent(student_id: int, entry_id: int) -> Response:
    return did_not_come(_page(student_id), entry_id)


@blueprint.post("/entries/<int:entry_id>/present")
@needs(Right.HELP)
def present(student_id: int, entry_id: int) -> Response:
    return is_here_again(_page(student_id), entry_id)


@blueprint.post("/password")
@needs(Right.HELP)
def reset_password(student_id: int) -> AnyResponse | tuple[str, int]:
    """Set the password typed; a blank one asks for a new one, which is shown this once."""
    typed = request.form.get("password", "")
    if not typed:
        return _new_password(student_id)
    student = roster.student(student_id)
    known = (student.email, student.full_name)
    given = parse(ChosenPassword, request.form, about=known)
    if isinstance(given, Invalid):
        return _card(student_id).again(given.errors, 400)
    students.edit(current_actor(), student_id, {"password": given.password})
    traces.password_given(student)
    return redirect_with_message(
        _("Password changed; the student is signed out everywhere"), _address(student_id)
    )


@blueprint.get("/delete")
@needs(Right.MANAGE)
@recently_confirmed
def confirm_delete(student_id: int) -> str:
    page = places.dashboard(student_id)
    student = page.student
    return confirmation(
        # Of two accounts with one name the address says which one it is.
        _("Delete %(name)s, %(email)s?", name=student.full_name, email=student.email),
        _lost(page),
        _("Delete the student"),
        _address(student_id),
    )


@blueprint.post("/delete")
@needs(Right.MANAGE)
@recently_confirmed
def delete(student_id: int) -> AnyResponse:
    name = roster.student(student_id).full_name
    students.delete(current_actor(), student_id, name)
    return redirect_with_message(
        _("%(name)s is deleted", name=name), url_for("admin.students.index")
    )


def _forced(student_id: int, status: StudentStatus) -> Committed | Refusal:
    if status is not StudentStatus.IN_INTERVIEW:
        return students.force_status(current_actor(), student_id, status)
    if PICKED not in request.form and not text_of(request.form, "company").strip():
        return students.force_status(current_actor(), student_id, status)
    company_id = chosen_company(request.form)
    if isinstance(company_id, Refusal):
        return company_id
    return students.force_status(current_actor(), student_id, status, company_id)


def _company_name(company_id: int) -> str:
    return stands.company_by_id(company_id).name


def _new_password(student_id: int) -> tuple[str, int]:
    password = issued()
    students.edit(current_actor(), student_id, {"password": password})
    student = roster.student(student_id)
    traces.password_given(student)
    back = _page(student_id).address
    return render_template(
        "admin/password.html", student=student, password=password, back=back
    ), 200


def _page(student_id: int) -> OpenPage:
    """The page that the action came from: the student's, or the list."""
    return sent_from(open_page(STUDENT, student_id=student_id))


def _address(student_id: int) -> str:
    return url_for("admin.student.index", student_id=student_id)


def _card(student_id: int) -> EditForm:
    return EditForm(
        CARD,
        stored=lambda: values_of(CARD, roster.student(student_id)),
        page=partial(show, open_page(STUDENT, student_id=student_id)),
    )


def _lost(page: Dashboard) -> list[str]:
    """What goes with a student, and how many people it concerns (rule 10)."""
    lines = [_("One person is concerned; the account cannot be brought back.")]
    if page.running:
        lines.append(
            _("The interview at %(company)s is broken off.", company=page.running.company.name)
        )
    if waiting := len(page.waiting):
        lines.append(ngettext("%(num)d place is lost.", "%(num)d places are lost.", waiting))
    if done := len(page.done):
        lines.append(
            ngettext(
                "%(num)d finished interview disappears from the lists.",
                "%(num)d finished interviews disappear from the lists.",
                done,
            )
        )
    return lines
