"""One act on many companies or students through JSON: whom it is about, doing it, taking it back.

They are chosen by their ids, or by what the lists can be filtered by.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from flask import Blueprint, Response
from flask_babel import gettext as _
from pydantic import Field

from jobfair.blueprints.api.admin.shapes.many import ManyDone, ManyPreview, OneOfMany
from jobfair.blueprints.api.calls import answers, takes
from jobfair.blueprints.api.choices import CompanyChoice, StudentChoice
from jobfair.db.transactions import read_transaction, revision
from jobfair.domain.events import ManyAct, ManyChanged
from jobfair.fields.companies.companies import FIELDS
from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Announcement, Id, Pin
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.lists import students as student_list
from jobfair.queries.admin.records import many_acts
from jobfair.services import many_at_once
from jobfair.services.access.rights import Right
from jobfair.services.companies import many_companies
from jobfair.services.many_at_once import Subject
from jobfair.services.students import many_students
from jobfair.web.errors import invalid
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import require_confirmed
from jobfair.wording.admin import many as words

blueprint = Blueprint("api_many", __name__, url_prefix="/api/admin/many")

Hall: Any = next(each.type for each in FIELDS if each.name == "hall")

NEEDED: Mapping[ManyAct, str] = {
    ManyAct.HALL: "hall",
    ManyAct.MESSAGE: "text",
    ManyAct.WRITE: "text",
    ManyAct.SET_PIN: "pin",
}
"""The field that an act needs besides those it is done to."""

TAKEN = {**NEEDED, ManyAct.PAUSE: "text"}
"""The same with what an act takes and need not have."""


class ChosenCompanies(Input):
    """An act, and to whom: these `companies`, or all that a `filter` finds."""

    act: Literal[
        "pause",
        "resume",
        "more_slots",
        "fewer_slots",
        "hall",
        "message",
        "set_pin",
        "remove_pin",
        "new_link",
        "delete",
    ]
    companies: list[Id] | None = None
    filter: CompanyChoice | None = None


class ChosenStudents(Input):
    """An act, and to whom: these `students`, or all that a `filter` finds."""

    act: Literal["deactivate", "reactivate", "take_out", "write", "remove"]
    students: list[Id] | None = None
    filter: StudentChoice | None = None


class ActOnCompanies(ChosenCompanies):
    """The same with `asked_at` as the preview said: who was changed since is left, and named.

    `hall` (null for none), `text` and `pin` go with the acts of these names; a `text` also with
    pausing, for those who wait.
    """

    asked_at: Annotated[int, Field(ge=0)]
    hall: Hall = None
    text: Announcement | None = None
    pin: Pin | None = None


class ActOnStudents(ChosenStudents):
    """The same with `asked_at` as the preview said; `text` is the message of writing."""

    asked_at: Annotated[int, Field(ge=0)]
    text: Announcement | None = None


@blueprint.post("/companies/preview/")
@answers("Say to which companies an act would be done, and change nothing", ManyPreview)
@needs(Right.MANAGE)
@takes(ChosenCompanies)
def preview_companies(given: ChosenCompanies) -> ManyPreview | Response:
    return _preview(many_companies.COMPANIES, given.act, _companies(given))


@blueprint.post("/companies/")
@answers("Do the same to many companies", ManyDone, 201)
@needs(Right.MANAGE)
@takes(ActOnCompanies)
def change_companies(given: ActOnCompanies) -> ManyDone | Response:
    found, act, told = _companies(given), ManyAct(given.act), None
    wrong = _wrong(act, given) | (found if isinstance(found, dict) else {})
    if wrong or isinstance(found, dict):
        return invalid(wrong)
    _confirm(act)
    actor, ids, value = current_actor(), [each.id for each in found], _value(act, given)
    if act is ManyAct.PAUSE:
        number, told = many_companies.pause(actor, ids, given.asked_at, value)
    else:
        number = many_companies.carry_out(actor, act, ids, given.asked_at, value)
    return _of_companies(number, told)


@blueprint.get("/companies/<int:act_number>/")
@answers("Show what was done to many companies", ManyDone)
@needs(Right.MANAGE)
def done_to_companies(act_number: int) -> ManyDone:
    return _of_companies(act_number)


@blueprint.post("/companies/<int:act_number>/undo/")
@answers("Take an act on many companies back, but for those changed since", ManyDone)
@needs(Right.MANAGE)
def undo_companies(act_number: int) -> ManyDone:
    return _of_companies(many_companies.undo(current_actor(), act_number))


@blueprint.post("/students/preview/")
@answers("Say to which students an act would be done, and change nothing", ManyPreview)
@needs(Right.MANAGE)
@takes(ChosenStudents)
def preview_students(given: ChosenStudents) -> ManyPreview | Response:
    return _preview(many_students.STUDENTS, given.act, _students(given))


@blueprint.post("/students/")
@answers("Do the same to many students", ManyDone, 201)
@needs(Right.MANAGE)
@takes(ActOnStudents)
def change_students(given: ActOnStudents) -> ManyDone | Response:
    found, act = _students(given), ManyAct(given.act)
    wrong = _wrong(act, given) | (found if isinstance(found, dict) else {})
    if wrong or isinstance(found, dict):
        return invalid(wrong)
    _confirm(act)
    ids = [each.id for each in found]
    number = many_students.carry_out(current_actor(), act, ids, given.asked_at, _value(act, given))
    return _of_students(number)


@blueprint.get("/students/<int:act_number>/")
@answers("Show what was done to many students", ManyDone)
@needs(Right.MANAGE)
def done_to_students(act_number: int) -> ManyDone:
    return _of_students(act_number)


@blueprint.post("/students/<int:act_number>/undo/")
@answers("Take an act on many students back, but for those changed since", ManyDone)
@needs(Right.MANAGE)
def undo_students(act_number: int) -> ManyDone:
    return _of_students(many_students.undo(current_actor(), act_number))


Found = list[OneOfMany] | dict[str, str]
"""Those who were chosen, or by field what is wrong with the choice."""


def _companies(given: ChosenCompanies) -> Found:
    wrong = _not_one_of("companies", given.companies, given.filter)
    if wrong:
        return wrong
    asked = given.filter or CompanyChoice()
    ids = None if given.companies is None else set(given.companies)
    return [
        OneOfMany(id=each.company.id, name=each.company.name, note=each.company.stand)
        for each in company_list.found_companies(asked.chosen)
        if ids is None or each.company.id in ids
    ]


def _students(given: ChosenStudents) -> Found:
    wrong = _not_one_of("students", given.students, given.filter)
    if wrong:
        return wrong
    asked, ids = given.filter or StudentChoice(), given.students
    with read_transaction() as connection:
        if ids is None:
            ids = student_list.found_ids(connection, asked.q, asked.chosen)
        found = student_list.views(connection, ids)
    return [OneOfMany(id=each.id, name=each.full_name, note=each.email) for each in found]


def _not_one_of(name: str, ids: list[int] | None, asked: Input | None) -> dict[str, str]:
    if (ids is None) is (asked is None):
        return {name: _("Give these, or a filter, and not both.")}
    return {}


def _wrong(act: ManyAct, given: Input) -> dict[str, str]:
    """What an act needs and was not given, and what was given and belongs to another."""
    wanted, taken = NEEDED.get(act), TAKEN.get(act)
    said = {each for each in TAKEN.values() if getattr(given, each, None) is not None}
    if act is ManyAct.HALL:
        # None is no hall.
        said |= given.model_fields_set & {"hall"}
    missing = {wanted: _("This is required.")} if wanted and wanted not in said else {}
    return missing | {name: _("This act takes no such field.") for name in said - {taken}}


def _value(act: ManyAct, given: Input) -> Any:
    name = TAKEN.get(act)
    return None if name is None else getattr(given, name)


def _confirm(act: ManyAct) -> None:
    if act in many_at_once.GRAVE:
        require_confirmed()


def _preview(of: Subject, name: str, found: Found) -> ManyPreview | Response:
    if isinstance(found, dict):
        return invalid(found)
    act = ManyAct(name)
    return ManyPreview(
        act=act,
        meaning=str(words.MEANINGS[act]),
        can_be_undone=of.kinds[act].can_be_undone,
        found=found,
        asked_at=revision(),
    )


def _of_companies(number: int, told: int | None = None) -> ManyDone:
    event = many_acts.done(number)
    return _done(many_companies.COMPANIES, number, event, list(event.left), told)


def _of_students(number: int) -> ManyDone:
    event = many_acts.done(number)
    return _done(many_students.STUDENTS, number, event, many_acts.students_left(event), None)


def _done(
    of: Subject, number: int, event: ManyChanged, left: list[str], told: int | None
) -> ManyDone:
    can_be_undone = many_at_once.can_be_taken_back(of, number)
    return ManyDone(
        id=number,
        act=event.act,
        message=words.done(event),
        changed=len(event.rows),
        same=event.same,
        left=left,
        undoes=event.undoes,
        can_be_undone=can_be_undone,
        told=told,
    )
