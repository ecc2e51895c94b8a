"""Importing a list of students or companies: a file, what it would do, then one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from itsdangerous import BadSignature
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.records import carried_files
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.parsing import Invalid
from jobfair.imports import encodings, importing, mapping, uploads
from jobfair.imports.importing import Comparison, Given
from jobfair.imports.layouts import LAYOUTS, Layout, belongs_to
from jobfair.imports.mapping import Columns
from jobfair.imports.tables import Table
from jobfair.imports.uploads import BadLine, Opened, Upload
from jobfair.services.access.rights import Right
from jobfair.unit_of_work.actors import Actor
from jobfair.web.refusals import Refused, refuse
from jobfair.web.responses import redirect_with_message
from jobfair.web.security.authentication import current_actor, needs
from jobfair.wording import refusals

LARGEST_FILE = 6 * 1024 * 1024
"""Ten thousand lines of a wide table, as a workbook or as text."""

LARGEST_FORM = 9 * 1024 * 1024
"""Such a file as the form of the preview carries it: compressed, and in letters."""

SPARE = 64 * 1024
"""What a form holds beside the file that it carries: a choice for each of its columns, too."""

SHOWN_NEW = 5
SHOWN_CHANGED = 200
SHOWN_VALUES = 3
EXAMPLE_LINES = 200

Answer = str | tuple[str, int]

blueprint = Blueprint(
    "imports", __name__, url_prefix="/admin/<any(students, companies):what>/import"
)


@dataclass(frozen=True, slots=True)
class Import:
    """What one kind of list needs: the two services, where to go on."""

    compare: Callable[[Sequence[Any], Given | None], Comparison[Any]]
    carry_out: Callable[[Actor, Sequence[Any], str, Given | None], int | Refusal]
    afterwards: str


IMPORTS = {
    "students": Import(
        importing.compare_students,
        importing.import_students,
        "admin.invitations.index",
    ),
    "companies": Import(
        importing.compare_companies,
        importing.import_companies,
        "admin.companies.index",
    ),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent, and how it is read.

    `encoding` is what was picked for it, None before. `was_looked_at` says that somebody has seen
    which columns go where, and `updates` that those who are there already are to be changed.
    """

    what: str
    data: bytes
    encoding: str | None
    opened: Opened
    columns: Columns
    was_looked_at: bool
    updates: bool

    @property
    def layout(self) -> Layout[Any]:
        """The columns that such a list may have."""
        return LAYOUTS[self.what]

    @property
    def is_undecided(self) -> bool:
        """Whether somebody has to say first in which encoding it was saved."""
        return len(self.opened.readings) > 1 and self.encoding is None

    @property
    def belongs_to(self) -> str:
        """What it seems to list, which may be something else than it was sent as."""
        return (
            self.what if self.was_looked_at else belongs_to(self.opened.table.headings, self.what)
        )


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
    if isinstance(sent, Invalid) or sent.is_undecided or mapping.fault(sent.layout, sent.columns):
        return _preview(sent)
    upload = uploads.read(sent.opened.table, sent.layout, sent.columns)
    promise = request.form.get("promise", "")
    given = upload.given if sent.updates else None
    imported = IMPORTS[what].carry_out(current_actor(), upload.cards, promise, given)
    if isinstance(imported, Refusal):
        return _preview(sent, refuse(imported))
    mapping.remember(current_actor(), what, sent.layout, sent.opened.table, sent.columns)
    return redirect_with_message(_imported(what, imported), url_for(IMPORTS[what].afterwards))


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
    encoding = request.form.get("encoding")
    try:
        opened = uploads.open_file(data, encoding)
    except ValueError as error:
        return uploads.why_not(error)
    wrong = uploads.wrong_size(opened.table)
    if wrong is not None:
        return wrong
    layout, table = LAYOUTS[what], opened.table
    chosen = mapping.chosen(layout, request.form, table)
    columns = chosen or mapping.recalled(what, layout, table) or mapping.guessed(layout, table)
    picked = encoding if encoding in opened.readings else None
    updates = request.form.get("mode") == "update"
    return Sent(what, data, picked, opened, columns, chosen is not None, updates)


def _form(what: str, error: str | None = None) -> str:
    return render_template(
        "admin/import.html",
        what=what,
        error=error,
        most_lines=uploads.MOST_LINES,
    )


def _too_large(what: str) -> tuple[str, int]:
    refused = refuse(Refusal(RequestCode.LIST_TOO_LARGE))
    return _form(what, refused.sentence), refused.status


def _preview(sent: Sent | Invalid, refused: Refused | None = None) -> Answer:
    if isinstance(sent, Invalid):
        # A view of ours has the file's page in its address.
        return _form(str((request.view_args or {})["what"]), sent.errors[uploads.FILE]), 400
    fault = mapping.fault(sent.layout, sent.columns)
    upload: Upload[Any] = Upload((), ())
    if fault is None:
        upload = uploads.read(sent.opened.table, sent.layout, sent.columns)
    comparison = IMPORTS[sent.what].compare(upload.cards, upload.given if sent.updates else None)
    packed = carried_files.packed(sent.what, sent.data)
    if len(packed) > LARGEST_FORM - SPARE:
        return _too_large(sent.what)
    page = render_template(
        "admin/import_preview.html",
        what=sent.what,
        sent=sent,
        sentence=None if refused is None else refused.sentence,
        fault=fault,
        may_import=bool(comparison.new) and not sent.is_undecided and sent.belongs_to == sent.what,
        readings=[(each, encodings.examples(sent.data, each)) for each in sent.opened.readings],
        examples=_examples(sent.opened.table),
        comparison=comparison,
        differences=comparison.changed[:SHOWN_CHANGED],
        shown=[upload.line_of(card) for card in comparison.new[:SHOWN_NEW]],
        bad=_bad_lines(sent.layout, upload, comparison),
        packed=packed,
    )
    if fault:
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


def _bad_lines(
    layout: Layout[Any], upload: Upload[Any], comparison: Comparison[Any]
) -> list[BadLine]:
    clashing = [
        upload.line_of(card).as_bad(layout.key_field, refusals.sentence(refusal))
        for card, refusal in comparison.refused
    ]
    return sorted([*upload.bad, *clashing], key=lambda line: line.number)


def _imported(what: str, number: int) -> str:
    if what == "students":
        return ngettext("%(num)d student imported", "%(num)d students imported", number)
    return ngettext("%(num)d company imported", "%(num)d companies imported", number)
