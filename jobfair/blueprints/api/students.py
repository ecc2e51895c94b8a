"""Students through JSON: what they do with their own account, what an admin does with any."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_login import current_user
from pydantic import Field

from jobfair.blueprints.api.calls import (
    answers,
    asks,
    changes,
    takes,
)
from jobfair.blueprints.api.choices import StudentChoice, StudentSort
from jobfair.blueprints.api.lists import Piece, sorted_piece
from jobfair.blueprints.api.shapes import accounts as account_shapes
from jobfair.blueprints.api.shapes import common as shapes
from jobfair.blueprints.api.shapes import entries as entry_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import StudentStatusChanged
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import StudentStatus
from jobfair.fields.access.accounts import ChosenPassword
from jobfair.fields.input.declaration import in_form, in_json_change, left_out, shape
from jobfair.fields.input.parsing import OWN, Input, Invalid, parse
from jobfair.fields.input.types import AnyPassword, Id
from jobfair.fields.students.introductions import INTRODUCTION, SHOWN
from jobfair.fields.students.students import ACCOUNT, CARD, NAMES
from jobfair.queries import introductions as introductions_query
from jobfair.queries.admin import roster
from jobfair.queries.admin.lists.students import sort_key
from jobfair.queries.student import own_data, places
from jobfair.services.access import addresses
from jobfair.services.access.accounts import NewStudent
from jobfair.services.access.rights import Right
from jobfair.services.queues import presence
from jobfair.services.students import introductions, students
from jobfair.unit_of_work.actors import Actor
from jobfair.web.errors import invalid
from jobfair.web.security import traces
from jobfair.web.security.sign_in import keys, own_password
from jobfair.web.security.sign_in.authentication import current_actor, demand, needs, student_only
from jobfair.web.security.sign_in.recent_password import recently_confirmed

blueprint = Blueprint("api_students", __name__, url_prefix="/api/students")

Status = Annotated[StudentStatus, Field(strict=False)]


NamesChange = shape("NamesChange", NAMES, in_json_change, Input)


class StudentsAsked(Piece, StudentChoice):
    """Which students, as on the list of the team.

    `q` is looked for in names and addresses, `since` is how many minutes ago they registered
    themselves at most, `domain` that of their address, `unconfirmed` whose address is not proved.
    By name, unless `sort` says otherwise.
    """

    sort: StudentSort = "name"


class Showing(Input):
    shown: bool = left_out()


IntroductionChange = shape(
    "IntroductionChange",
    INTRODUCTION,
    in_json_change,
    Showing,
    "`shown` says whether companies that call the student, or have met them, see it.",
)


class OwnStatusChange(Input):
    status: Literal["available", "paused"]


class Farewell(Input):
    """Deleting one's account asks for the password once more."""

    password: AnyPassword


class Placing(Input):
    status: Status = StudentStatus.AVAILABLE
    company_id: Id | None = Field(default=None, alias="current_company")


class PlacingChange(Input):
    status: Status = left_out()
    company_id: Id | None = left_out("current_company")


StudentAdmission = shape(
    "StudentAdmission",
    ACCOUNT,
    in_form,
    Placing,
    "`current_company` is where the student is, and only with the status in_interview.",
)
StudentChange = shape(
    "StudentChange",
    ACCOUNT,
    in_json_change,
    PlacingChange,
    "`current_company` as above; a new password ends the student's sign-ins.",
)


@blueprint.get("/me/")
@answers("Show the student who asks", account_shapes.Student)
@student_only
def me() -> account_shapes.Student:
    return shaping.student(roster.student(current_user.student_id))


@blueprint.patch("/me/")
@answers("Change one's own names", account_shapes.Student)
@student_only
@takes(NamesChange)
def rename_me(given: Input) -> account_shapes.Student | Refusal:
    student_id = current_user.student_id
    return _edited(current_actor(), student_id, changes(given))


@blueprint.get("/me/introduction/")
@answers("Show what one lets companies see of oneself", entry_shapes.OwnIntroduction)
@student_only
def my_introduction() -> entry_shapes.OwnIntroduction:
    return _own_introduction()


@blueprint.patch("/me/introduction/")
@answers("Choose what companies see of oneself", entry_shapes.OwnIntroduction)
@student_only
@takes(IntroductionChange)
def introduce_me(given: Showing) -> entry_shapes.OwnIntroduction | Refusal:
    wanted = changes(given)
    if "shown" in wanted:
        wanted[SHOWN] = wanted.pop("shown")
    refusal = introductions.change(current_actor(), wanted)
    return refusal or _own_introduction()


@blueprint.get("/me/data/")
@answers("Hand out everything stored about the student who asks", account_shapes.OwnData)
@student_only
def my_data() -> account_shapes.OwnData:
    return account_shapes.OwnData(**own_data.everything(current_user.student_id))


@blueprint.delete("/me/")
@answers("Delete one's own account, which frees the slot and the places")
@student_only
@takes(Farewell)
def delete_me(given: Farewell) -> Refusal | None:
    refusal = own_password.confirmed(given.password)
    if refusal is not None:
        return refusal
    outcome = students.delete_own(current_actor())
    return outcome if isinstance(outcome, Refusal) else None


@blueprint.patch("/me/status/")
@answers("Pause, or be available again", shapes.StatusSet)
@student_only
@takes(OwnStatusChange)
def change_my_status(given: OwnStatusChange) -> shapes.StatusSet | Refusal:
    status = StudentStatus(given.status)
    outcome = presence.change_status(current_actor(), status)
    if isinstance(outcome, Refusal):
        return outcome
    available = status is StudentStatus.AVAILABLE
    message = _("You are available") if available else _("You are paused: nobody calls you")
    return shapes.StatusSet(message=message, status=status)


@blueprint.get("/admin/students/")
@answers("List every student", list[account_shapes.Student])
@needs(Right.LOOK)
@asks(StudentsAsked)
def every_student(asked: StudentsAsked) -> Response:
    with read_transaction() as connection:
        key = sort_key(connection, asked.sort)
    found = roster.students(asked.ids())
    return sorted_piece(found, asked, asked.sort, key, roster.student_order, shaping.student)


@blueprint.post("/admin/students/")
@answers("Make a student's account", account_shapes.Student, 201)
@needs(Right.MANAGE)
@takes(StudentAdmission)
def admit(given: Placing) -> account_shapes.Student | Refusal | Response:
    if _company_without_interview(given):
        return _company_not_wanted()
    new = NewStudent(**given.model_dump(exclude={"company_id"}))
    account = students.create(current_actor(), new, given.company_id)
    if isinstance(account, Refusal):
        return account
    return shaping.student(roster.student(account.student_id))


@blueprint.post("/admin/students/bulk-available/")
@answers("Make every active, paused student available", shapes.Updated)
@needs(Right.MANAGE)
def make_all_available() -> shapes.Updated | Refusal:
    outcome = students.make_all_available(current_actor())
    if isinstance(outcome, Refusal):
        return outcome
    updated = len(outcome.events(StudentStatusChanged))
    return shapes.Updated(message=_("Every paused student is available"), updated=updated)


@blueprint.get("/admin/students/<int:student_id>/")
@answers("Show a student with their entries", entry_shapes.StudentAndEntries)
@needs(Right.LOOK)
def show_student(student_id: int) -> entry_shapes.StudentAndEntries:
    return shaping.student_and_entries(places.dashboard(student_id))


@blueprint.patch("/admin/students/<int:student_id>/")
@answers("Change a student's account and status, all at once", account_shapes.Student)
@needs(Right.HELP)
@takes(StudentChange)
def change_student(
    given: PlacingChange, student_id: int
) -> account_shapes.Student | Refusal | Response:
    if _company_without_interview(given):
        return _company_not_wanted()
    wanted = changes(given)
    if wanted.keys() & {each.name for each in CARD}:
        demand(Right.MANAGE)
    if "password" in wanted:
        keys.refuse()
        student = roster.student(student_id)
        owner = (
            student.email,
            student.full_name,
            *(wanted[each] for each in OWN if each in wanted),
        )
        chosen = parse(ChosenPassword, {"password": wanted["password"]}, about=owner)
        if isinstance(chosen, Invalid):
            return invalid(chosen.errors)
    return _edited(current_actor(), student_id, wanted)


@blueprint.post("/admin/students/<int:student_id>/confirm_address/")
@answers("Confirm a student's e-mail address at the desk", account_shapes.Student)
@needs(Right.HELP)
def confirm_address(student_id: int) -> account_shapes.Student:
    addresses.confirm_for(current_actor(), student_id)
    return shaping.student(roster.student(student_id))


@blueprint.delete("/admin/students/<int:student_id>/")
@answers("Delete a student, which frees their slot and places")
@needs(Right.MANAGE)
@recently_confirmed
def delete_student(student_id: int) -> Refusal | None:
    outcome = students.delete(current_actor(), student_id, roster.student(student_id).full_name)
    return outcome if isinstance(outcome, Refusal) else None


def _own_introduction() -> entry_shapes.OwnIntroduction:
    return shaping.own_introduction(introductions_query.own(current_user.student_id))


def _edited(
    actor: Actor, student_id: int, wanted: dict[str, Any]
) -> account_shapes.Student | Refusal:
    outcome = students.edit(actor, student_id, wanted)
    if isinstance(outcome, Refusal):
        return outcome
    student = roster.student(student_id)
    if "password" in wanted:
        traces.password_given(student)
    return shaping.student(student)


def _company_without_interview(given: Placing | PlacingChange) -> bool:
    return given.company_id is not None and given.status is not StudentStatus.IN_INTERVIEW


def _company_not_wanted() -> Response:
    return invalid({"current_company": _("Only with the status in_interview.")})
