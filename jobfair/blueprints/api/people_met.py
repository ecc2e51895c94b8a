"""Who met whom through JSON: a stand's list and notes, and a student's own."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_login import current_user
from pydantic import StringConstraints

from jobfair.blueprints.api.calls import answers, asks, changes, takes
from jobfair.blueprints.api.links import link_only
from jobfair.blueprints.api.lists import Piece, piece_of
from jobfair.blueprints.api.shapes import common as shapes
from jobfair.blueprints.api.shapes import entries as entry_shapes
from jobfair.blueprints.api.shapes import shaping
from jobfair.blueprints.api.shapes import stands as stand_shapes
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import EntryState
from jobfair.fields.companies.notes import NOTE, OwnNote
from jobfair.fields.input.declaration import in_json_change, shape
from jobfair.fields.input.parsing import Input
from jobfair.queries.stand import notes as notes_query
from jobfair.queries.student import directory
from jobfair.queries.views import CompanyView
from jobfair.services.companies import notes
from jobfair.services.students import own_notes
from jobfair.web.security.sign_in.authentication import current_actor, stand_actor, student_only

blueprint = Blueprint("api_people_met", __name__, url_prefix="/api")


class MetChoice(Piece):
    """Blank shows all; `none` are those without a verdict, `q` is looked for in names and notes."""

    verdict: Literal["", "again", "maybe", "no", "none"] = ""
    q: Annotated[str, StringConstraints(max_length=100)] = ""


NoteChange = shape(
    "NoteChange",
    NOTE,
    in_json_change,
    Input,
    "What is left out stays; where all three are blank there is no note any more.",
)


@blueprint.get("/companies/<token>/met/")
@answers(
    "List whom the company met: who is there now, then the latest first",
    list[stand_shapes.PersonMet],
    anyone=True,
)
@link_only
@asks(MetChoice)
def people_met(choice: MetChoice, company: CompanyView) -> Response:
    people = notes_query.chosen(notes_query.met(company.id), choice.verdict, choice.q)
    return piece_of(people, choice, notes_query.order, shaping.person_met)


@blueprint.patch("/company/<token>/queues/<int:entry_id>/note/")
@answers(
    "Write down a verdict, the next step or a note about somebody met",
    shapes.Message,
    anyone=True,
)
@link_only
@takes(NoteChange)
def write_note(given: Input, company: CompanyView, entry_id: int) -> shapes.Message | Refusal:
    refusal = notes.write(stand_actor(company), entry_id, changes(given))
    return refusal or shapes.Message(message=_("Note kept"))


@blueprint.get("/students/me/met/")
@answers("List the companies one met, with one's own notes", list[entry_shapes.CompanyMet])
@student_only
@asks(Piece)
def companies_met(asked: Piece) -> Response:
    day = directory.day(current_user.student_id)
    found = [(row, row.place) for row in day.met if row.place is not None]
    return piece_of(
        found,
        asked,
        lambda each: (each[1].state is not EntryState.RUNNING, -(each[1].ended or 0), each[1].id),
        lambda each: shaping.company_met(*each, day.notes),
    )


@blueprint.put("/students/me/met/<int:company_id>/note/")
@answers("Write one's own note about a company one met; a blank text removes it")
@student_only
@takes(OwnNote)
def write_own_note(given: OwnNote, company_id: int) -> Refusal | None:
    return own_notes.write(current_actor(), company_id, given.text)
