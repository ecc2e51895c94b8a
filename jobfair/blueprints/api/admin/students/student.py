"""One student in the team's hands, through JSON: account, password, personal link, doubles."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _

from jobfair.blueprints.api.admin.shapes.students import Double, IssuedPassword, PersonalLink
from jobfair.blueprints.api.calls import ForKeys, answers, takes
from jobfair.blueprints.api.shapes import accounts as account_shapes
from jobfair.blueprints.api.shapes import entries as entry_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Id
from jobfair.queries.admin import roster
from jobfair.queries.admin.students import doubles as doubles_query
from jobfair.queries.admin.students import invitations as guests
from jobfair.queries.student import places
from jobfair.security.hashing.passwords import issued
from jobfair.services.access import invitations
from jobfair.services.access.rights import Right
from jobfair.services.students import students
from jobfair.web.errors import invalid
from jobfair.web.security import traces
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed
from jobfair.web.urls import link_to

blueprint = Blueprint(
    "api_student", __name__, url_prefix="/api/students/admin/students/<int:student_id>"
)


class Merging(Input):
    """`student_id` is the other account, which is removed."""

    student_id: Id


@blueprint.post("/deactivate/")
@answers("Deactivate a student: signed out, and skipped in every queue", account_shapes.Student)
@needs(Right.MANAGE)
def deactivate(student_id: int) -> account_shapes.Student | Refusal:
    return _set_active(student_id, active=False)


@blueprint.post("/reactivate/")
@answers("Reactivate a student", account_shapes.Student)
@needs(Right.MANAGE)
def reactivate(student_id: int) -> account_shapes.Student | Refusal:
    return _set_active(student_id, active=True)


@blueprint.post("/reset_password/")
@answers(
    "Make a student a new password, shown this once; it ends the student's sign-ins",
    IssuedPassword,
    scope=ForKeys.CLOSED,
)
@needs(Right.HELP)
def reset_password(student_id: int) -> IssuedPassword | Refusal:
    password = issued()
    outcome = students.edit(current_actor(), student_id, {"password": password})
    if isinstance(outcome, Refusal):
        return outcome
    traces.password_given(roster.student(student_id))
    return IssuedPassword(password=password)


@blueprint.post("/link/")
@answers("Make a student a personal link, shown this once; the one before is dead", PersonalLink)
@needs(Right.HELP)
@recently_confirmed
def make_link(student_id: int) -> PersonalLink:
    guest = guests.guest(student_id)
    if guest is None:
        raise NotFound("student")
    token = invitations.invite(current_actor(), [student_id])[student_id]
    return PersonalLink(
        student_id=student_id,
        first_name=guest.first_name,
        last_name=guest.last_name,
        email=guest.email,
        access_url=link_to("invitation.welcome", token=token),
    )


@blueprint.get("/doubles/")
@answers("List the accounts that may be the same person's, the likeliest first", list[Double])
@needs(Right.MANAGE)
def doubles(student_id: int) -> list[Double]:
    return [
        Double(
            student=shaping.student(each.student),
            same_name=each.same_name,
            near_address=each.near_address,
        )
        for each in doubles_query.may_be(roster.student(student_id))
    ]


@blueprint.post("/merge/")
@answers("Merge another account of the same person into this one", entry_shapes.StudentAndEntries)
@needs(Right.MANAGE)
@recently_confirmed
@takes(Merging)
def merge(given: Merging, student_id: int) -> entry_shapes.StudentAndEntries | Refusal | Response:
    if given.student_id == student_id:
        return invalid({"student_id": _("Choose the account that stays.")})
    gone = roster.student(given.student_id)
    outcome = students.merge(current_actor(), student_id, gone.id, gone.full_name)
    if isinstance(outcome, Refusal):
        return outcome
    return shaping.student_and_entries(places.dashboard(student_id))


def _set_active(student_id: int, *, active: bool) -> account_shapes.Student | Refusal:
    outcome = students.set_active(current_actor(), student_id, active=active)
    return outcome if isinstance(outcome, Refusal) else shaping.student(roster.student(student_id))
