"""What a stand writes down about the people it met, their list, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from jobfair import clock
from jobfair.blueprints.stand.unknown_link import unknown_link
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.companies.company_profiles import chosen as chosen_offers
from jobfair.fields.companies.notes import NOTE, VERDICTS
from jobfair.fields.input.declaration import in_edit, labels, shape
from jobfair.fields.input.parsing import Input, Invalid, parse
from jobfair.fields.students.introductions import WORDS
from jobfair.fields.students.students import EMAIL, NAMES
from jobfair.live.pages.stand import MET, STAND
from jobfair.queries.stand import notes as notes_query
from jobfair.queries.stand.notes import Met
from jobfair.queries.views import Introduction, StandNote
from jobfair.services.companies import notes
from jobfair.web.pages.open_pages import open_page, sent_from
from jobfair.web.pages.responses import answer, browse, show, wants_fragments
from jobfair.web.rendering.csv_files import Cell
from jobfair.web.rendering.table_files import FORMATS
from jobfair.web.security.sign_in.authentication import company_of, stand_actor
from jobfair.wording.times.local_time import written

blueprint = Blueprint("notes", __name__, url_prefix=STAND.address)
blueprint.register_error_handler(NotFound, unknown_link)

Written = shape("Written", NOTE, in_edit, Input)


@blueprint.post("/queues/<int:entry_id>/note")
def write(token: str, entry_id: int) -> Response | tuple[str, int]:
    actor = stand_actor(company_of(token))
    page = sent_from(open_page(STAND, token=token, company_id=actor.company_id))
    given = parse(Written, request.form)
    subject = f"note-{entry_id}"
    if isinstance(given, Invalid):
        sentence = " ".join(given.errors.values())
        if wants_fragments():
            return answer(page, Refusal(RequestCode.INVALID, {"reason": sentence}), subject, "")
        # Without a script the page is loaded again, with what was typed.
        return show(page, refused={subject: sentence}, drafts={entry_id: _draft()}), 400
    changes = given.model_dump(exclude_unset=True)
    outcome = notes.write(actor, entry_id, changes)
    message = _("Note kept") if any(changes.values()) else _("Note removed")
    return answer(page, outcome, subject, message)


def _draft() -> StandNote:
    """What was typed, as it was typed."""
    typed: dict[str, Any] = {each.name: request.form.get(each.name, "") for each in NOTE}
    return StandNote(**typed, updated_at=clock.now())


@blueprint.get("/met")
def index(token: str) -> Response:
    return browse(open_page(MET, token=token, company_id=company_of(token).id))


@blueprint.get("/met.csv", defaults={"suffix": "csv"})
@blueprint.get("/met.xlsx", defaults={"suffix": "xlsx"})
def file(token: str, suffix: str) -> Response:
    """Those whom the list shows, with what they show the stand at this moment."""
    people = notes_query.met(company_of(token).id)
    asked = request.args
    found = notes_query.chosen(people, asked.get("verdict", ""), asked.get("q", ""))
    headings = [
        *labels(NAMES),
        _("Started at"),
        _("Done at"),
        *labels(NOTE),
        _("Written at"),
        *labels(WORDS),
        *labels([EMAIL]),
    ]
    return FORMATS[suffix](_("jobfair-people-met"), headings, _rows(found))


def _rows(found: tuple[Met, ...]) -> Iterator[tuple[Cell, ...]]:
    for each in found:
        yield (
            each.first_name,
            each.last_name,
            written(each.started_at),
            written(each.completed_at),
            *_noted(each.note),
            *_shown(each.introduction),
        )


def _noted(note: StandNote | None) -> tuple[Cell, ...]:
    if note is None:
        return (None,) * (len(NOTE) + 1)
    verdict = None if note.verdict is None else str(VERDICTS[note.verdict])
    return verdict, note.next_step, note.text, written(note.updated_at)


def _shown(introduction: Introduction | None) -> tuple[Cell, ...]:
    if introduction is None:
        return (None,) * (len(WORDS) + 1)
    values: dict[str, Any] = {each.name: getattr(introduction, each.name) for each in WORDS}
    return *(values | {"seeking": chosen_offers(introduction.seeking)}).values(), introduction.email
