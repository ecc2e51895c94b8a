"""What a stand writes down about the people it met: its own, and to be taken home as a file."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from jobfair.blueprints.stand.unknown_link import unknown_link
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.declaration import labels
from jobfair.fields.parsing import Input, Invalid, parse
from jobfair.fields.students import NAMES
from jobfair.fields.types import Jotting
from jobfair.live.pages.stand import STAND
from jobfair.queries.stand import notes as notes_query
from jobfair.services import notes
from jobfair.web.open_pages import open_page, sent_from
from jobfair.web.rendering import csv_files
from jobfair.web.rendering.csv_files import Cell
from jobfair.web.responses import answer, show, wants_fragments
from jobfair.web.security.authentication import company_of, stand_actor
from jobfair.wording.local_time import written

blueprint = Blueprint("notes", __name__, url_prefix=STAND.address)
blueprint.register_error_handler(NotFound, unknown_link)


class Written(Input):
    """The form of a note; a blank text removes it."""

    text: Jotting


@blueprint.post("/queues/<int:entry_id>/note")
def write(token: str, entry_id: int) -> Response | tuple[str, int]:
    actor = stand_actor(company_of(token))
    page = sent_from(open_page(STAND, token=token, company_id=actor.company_id))
    given = parse(Written, request.form)
    subject = f"note-{entry_id}"
    if isinstance(given, Invalid):
        sentence = given.errors["text"]
        if wants_fragments():
            return answer(page, Refusal(RequestCode.INVALID, {"reason": sentence}), subject, "")
        # Without a script the page is loaded anew, with what was typed.
        drafts = {entry_id: request.form.get("text", "")}
        return show(page, refused={subject: sentence}, drafts=drafts), 400
    outcome = notes.write(actor, entry_id, given.text)
    return answer(page, outcome, subject, _("Note kept") if given.text else _("Note removed"))


@blueprint.get("/notes.csv")
def export(token: str) -> Response:
    """The stand's own notes, for a spreadsheet."""
    company_id = company_of(token).id
    headings = [
        *labels(NAMES),
        _("Started at"),
        _("Done at"),
        _("Note"),
        _("Written at"),
    ]
    return csv_files.attachment(_("jobfair-notes"), headings, _rows(company_id))


def _rows(company_id: int) -> Iterator[tuple[Cell, ...]]:
    for row in notes_query.of_company(company_id):
        yield (
            row.first_name,
            row.last_name,
            written(row.started_at),
            written(row.completed_at),
            row.text,
            written(row.updated_at),
        )
