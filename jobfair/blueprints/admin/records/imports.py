"""Importing a list of students or companies: a file, what it would do, then one button."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.records import carried_files
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Invalid
from jobfair.imports import mapping, sent_lists, undoing, uploads
from jobfair.imports.files import encodings
from jobfair.imports.files.tables import Table
from jobfair.imports.layouts import Layout
from jobfair.imports.mapping import Columns
from jobfair.imports.sent_lists import LARGEST_FILE, Mode, Sent
from jobfair.services.access.rights import Right
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.refusals import Refused, refuse
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import require_confirmed
from jobfair.wording.admin import imports as words

LARGEST_FORM = 9 * 1024 * 1024
"""Such a file as the form of the preview carries it: compressed, and in letters."""

SPARE = 64 * 1024
"""What a form holds beside the file that it carries: a choice for each of its columns, too."""

ALSO = "also"
"""The field of those to remove although they are in an interview or called."""

CONFIRMED = "confirmed"
"""The field that says that those who are not in the list may go."""

SHOWN_NEW = 5
SHOWN_CHANGED = 1000
SHOWN_VALUES = 3
EXAMPLE_LINES = 200

Answer = str | tuple[str, int]

blueprint = Blueprint(
    "imports", __name__, url_prefix="/admin/<any(students, companies):what>/import"
)


AFTERWARDS = {"students": "admin.invitations.index", "companies": "admin.companies.index"}
"""Where to go on after an import."""


@blueprint.url_value_preprocessor
def take_large_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before the form is read, which is when its token is checked.
    carries = request.endpoint in ("admin.imports.carry_out", "admin.imports.choose")
    request.max_content_length = LARGEST_FORM if carries else LARGEST_FILE
    request.max_form_memory_size = LARGEST_FORM


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: Exception) -> tuple[str, int]:
    """The form again, which says so."""
    return _too_large(str((request.view_args or {})["what"]))


@blueprint.get("")
@needs(Right.MANAGE)
def form(what: str) -> str:
    return _form(what)


@blueprint.post("")
@needs(Right.MANAGE)
def preview(what: str) -> Answer:
    """What the file would do. Nothing is stored yet, the file neither."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _form(what, _("Choose a file first.")), 400
    return _preview(_opened(what, file.read()))


@blueprint.post("/columns")
@needs(Right.MANAGE)
def choose(what: str) -> Answer:
    """What the same file would do, read by the columns that were chosen."""
    return _preview(_again(what))


@blueprint.post("/carry-out")
@needs(Right.MANAGE)
def carry_out(what: str) -> Response | Answer:
    """Import what the preview showed, or show it again when that is no longer the same."""
    sent = _again(what)
    if isinstance(sent, Invalid) or sent.is_undecided or sent.fault:
        return _preview(sent)
    upload = sent_lists.read(sent)
    judged = sent_lists.judged(sent, upload)
    if sent.holds_all:
        require_confirmed()
        if judged.may_not_remove:
            return _preview(sent)
        if judged.comparison.removed and CONFIRMED not in request.form:
            return _preview(sent, error=_("Tick this to remove them, or choose another way above."))
    promise, also = request.form.get("promise", ""), set(request.form.getlist(ALSO, type=int))
    imported = sent_lists.carry_out(current_actor(), sent, upload, promise, also)
    if isinstance(imported, Refusal):
        return _preview(sent, refuse(imported))
    said = words.done(imported, judged.left_out)
    return redirect_with_message(said, url_for(AFTERWARDS[what]))


def _again(what: str) -> Sent | Invalid:
    """The file that the form carries."""
    try:
        data = carried_files.unpacked(what, request.form.get("list", ""))
    except BadSignature:
        return Invalid(
            {uploads.FILE: _("The list did not come through whole. Choose the file again.")}
        )
    return _opened(what, data)


def _opened(what: str, data: bytes) -> Sent | Invalid:
    """A file, read as the form says, or as it is guessed."""
    asked = request.form.get("mode")
    mode = Mode(asked) if asked in list(Mode) else Mode.ADD
    return sent_lists.opened(what, data, request.form.get("encoding"), mode, _chosen)


def _chosen(layout: Layout[Any], table: Table) -> Columns | None:
    return mapping.chosen(layout, request.form, table)


def _form(what: str, error: str | None = None) -> str:
    return render_template(
        "admin/import.html",
        what=what,
        error=error,
        most_lines=uploads.MOST_LINES,
        last=undoing.last(what),
        did=words.recorded,
    )


def _too_large(what: str) -> tuple[str, int]:
    refused = refuse(Refusal(RequestCode.LIST_TOO_LARGE))
    return _form(what, refused.sentence), refused.status


def _preview(
    sent: Sent | Invalid, refused: Refused | None = None, error: str | None = None
) -> Answer:
    if isinstance(sent, Invalid):
        # A view of ours has the file's page in its address.
        return _form(str((request.view_args or {})["what"]), sent.errors[uploads.FILE]), 400
    judged = sent_lists.judged(sent, sent_lists.read(sent))
    upload, comparison, bad = judged.upload, judged.comparison, judged.bad
    packed = carried_files.packed(sent.what, sent.data)
    if len(packed) > LARGEST_FORM - SPARE:
        return _too_large(sent.what)
    page = render_template(
        "admin/import_preview.html",
        what=sent.what,
        sent=sent,
        sentence=None if refused is None else refused.sentence,
        fault=sent.fault,
        error=error,
        unclear=upload.unclear,
        may_import=judged.may_import,
        readings=[(each, encodings.examples(sent.data, each)) for each in sent.opened.readings],
        examples=_examples(sent.opened.table),
        aside=[at for at, field in enumerate(sent.columns) if field == mapping.LEFT_ASIDE],
        comparison=comparison,
        differences=comparison.changed[:SHOWN_CHANGED],
        shown=[upload.line_of(card) for card in comparison.new[:SHOWN_NEW]],
        bad=bad,
        to_do=words.to_do(
            sent.what,
            len(comparison.new),
            len(comparison.changed),
            len(comparison.removed),
            len(bad),
        ),
        also=request.form.getlist(ALSO, type=int),
        losses=words.losses,
        packed=packed,
    )
    if sent.fault or error:
        return page, 400
    return page, 200 if refused is None else refused.status


def _examples(table: Table) -> list[list[str]]:
    """The first values of each column that are not blank, and differ."""
    found: list[dict[str, None]] = [{} for _heading in table.headings]
    for line in table.lines[:EXAMPLE_LINES]:
        for values, cell in zip(found, line.cells or (), strict=False):
            if cell.strip() and len(values) < SHOWN_VALUES:
                values[cell.strip()] = None
    return [list(values) for values in found]
