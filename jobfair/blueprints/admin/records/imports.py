"""Importing a list of students or companies: a file, what it would do, then one button."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from itsdangerous import BadSignature, Signer
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.parsing import Invalid
from jobfair.imports import importing, uploads
from jobfair.imports.importing import Comparison
from jobfair.imports.uploads import BadLine, Layout, Upload
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

SPARE = 8 * 1024
"""What a form holds beside the list that it carries."""

SHOWN_NEW = 5

blueprint = Blueprint(
    "imports", __name__, url_prefix="/admin/<any(students, companies):what>/import"
)


@dataclass(frozen=True, slots=True)
class Import:
    """What one kind of list needs: its columns, the two services, where to go on."""

    layout: Layout[Any]
    compare: Callable[[Sequence[Any]], Comparison[Any]]
    carry_out: Callable[[Actor, Sequence[Any], str], int | Refusal]
    afterwards: str


IMPORTS = {
    "students": Import(
        uploads.STUDENTS,
        importing.compare_students,
        importing.import_students,
        "admin.invitations.index",
    ),
    "companies": Import(
        uploads.COMPANIES,
        importing.compare_companies,
        importing.import_companies,
        "admin.companies.index",
    ),
}


@blueprint.url_value_preprocessor
def take_large_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before the form is read, which is when its token is checked.
    carries = request.endpoint == "admin.imports.carry_out"
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
def preview(what: str) -> str | tuple[str, int]:
    """What the file would do. Nothing is stored yet, the file neither."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _form(what, _("Choose a file first.")), 400
    return _preview(what, file.read())


@blueprint.post("/carry-out")
@needs(Right.MANAGE)
def carry_out(what: str) -> Response | str | tuple[str, int]:
    """Import what the preview showed, or show it again when that is no longer the same."""
    try:
        data = _unpacked(what, request.form.get("list", ""))
    except BadSignature:
        return _form(what, _("The list did not come through whole. Choose the file again.")), 400
    upload = _read(what, data)
    if isinstance(upload, Invalid):
        return _form(what, upload.errors[uploads.FILE]), 400
    promise = request.form.get("promise", "")
    imported = IMPORTS[what].carry_out(current_actor(), upload.cards, promise)
    if isinstance(imported, Refusal):
        return _preview(what, data, refuse(imported))
    return redirect_with_message(_imported(what, imported), url_for(IMPORTS[what].afterwards))


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


def _preview(what: str, data: bytes, refused: Refused | None = None) -> str | tuple[str, int]:
    upload = _read(what, data)
    if isinstance(upload, Invalid):
        return _form(what, upload.errors[uploads.FILE]), 400
    comparison = IMPORTS[what].compare(upload.cards)
    packed = _packed(what, data)
    if len(packed) > LARGEST_FORM - SPARE:
        return _too_large(what)
    page = render_template(
        "admin/import_preview.html",
        what=what,
        sentence=None if refused is None else refused.sentence,
        columns=IMPORTS[what].layout.fields,
        label=IMPORTS[what].layout.label,
        ignored=upload.ignored,
        comparison=comparison,
        shown=[upload.line_of(card) for card in comparison.new[:SHOWN_NEW]],
        bad=_bad_lines(IMPORTS[what].layout, upload, comparison),
        packed=packed,
    )
    return page, 200 if refused is None else refused.status


def _read(what: str, data: bytes) -> Upload[Any] | Invalid:
    try:
        opened = uploads.open_file(data)
    except ValueError as error:
        return uploads.why_not(error)
    return uploads.read(opened.table, IMPORTS[what].layout)


def _packed(what: str, data: bytes) -> str:
    """How the file goes from the preview to its button: compressed, and signed as ours."""
    return _signer(what).sign(urlsafe_b64encode(zlib.compress(data))).decode()


def _unpacked(what: str, packed: str) -> bytes:
    """The file that a preview carried. Raises BadSignature."""
    return zlib.decompress(urlsafe_b64decode(_signer(what).unsign(packed)))


def _signer(what: str) -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt=f"import {what}")


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
