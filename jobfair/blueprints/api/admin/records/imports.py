"""Importing lists through JSON's door: the file as the body, what it would do, then importing it.

The file is kept nowhere between the two: it is sent twice, the second time with the promise of the
preview.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_babel import ngettext
from pydantic import Field

from jobfair.blueprints.api.admin.shapes.imports import (
    FieldChange,
    ImportedList,
    ImportTakenBack,
    LastImport,
    LastImportedList,
    ListChange,
    ListColumn,
    ListLine,
    ListPreview,
    ListRemoval,
)
from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.files import File, takes_file
from jobfair.domain.refusals import Refusal
from jobfair.fields.input.parsing import Input, Invalid, Query
from jobfair.fields.input.types import LARGEST_ID, Id
from jobfair.imports import mapping, sent_lists, undoing
from jobfair.imports.comparing import Change
from jobfair.imports.files.tables import Table
from jobfair.imports.layouts import LAYOUTS, Layout
from jobfair.imports.mapping import Columns
from jobfair.imports.removals import Removal
from jobfair.imports.sent_lists import LARGEST_FILE, Judged, Mode, Sent
from jobfair.services.access.rights import Right
from jobfair.web.errors import invalid
from jobfair.web.rendering.table_files import TYPES
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import recently_confirmed, require_confirmed
from jobfair.wording.admin import imports as words

LIST = File(
    (
        *TYPES.values(),
        "text/plain",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.ms-excel",
        "application/octet-stream",
    ),
    LARGEST_FILE,
)
"""A list as a spreadsheet saves it; which of these it is says the file itself."""

blueprint = Blueprint("api_imports", __name__, url_prefix="/api/admin/imports")

Listed = Annotated[str, Field(max_length=2000)]


class ListReading(Query):
    """How a list is read, and what becomes of those who are there.

    `mode`: who is there stays (add), gets what the file says (update), and those who are not in
    it are removed (only). `columns` are the fields of the file's columns in their order, with
    commas, blank for one that is left aside; without them they are guessed.
    """

    mode: Annotated[Mode, Field(strict=False)] = Mode.ADD
    columns: Listed = ""
    encoding: Annotated[str, Field(max_length=40)] = ""


class ListImport(ListReading):
    """The same with the preview's `promise`.

    `confirmed` says that those who are not in the file may go, and `also` who of them although
    they are in an interview or called: their ids, with commas.
    """

    promise: Annotated[str, Field(max_length=64)]
    confirmed: bool = False
    also: Annotated[str, Field(max_length=2000, pattern=r"^[0-9, ]*$")] = ""


class ImportToUndo(Input):
    """The last import, by its id."""

    id: Id


def _serve(what: str) -> None:
    """Add the calls that import one kind of list."""

    @blueprint.get(f"/{what}/", endpoint=f"last_of_{what}")
    @answers(f"Show the last import of {what}, and what taking it back would do", LastImport)
    @needs(Right.MANAGE)
    def last() -> LastImport:
        return _last(what)

    @blueprint.post(f"/{what}/preview/", endpoint=f"preview_{what}")
    @answers(f"Say what importing a list of {what} would do; nothing is stored", ListPreview)
    @needs(Right.MANAGE)
    @asks(ListReading)
    @takes_file(LIST)
    def preview(data: bytes, reading: ListReading) -> ListPreview | Response:
        return _preview(what, data, reading)

    @blueprint.post(f"/{what}/", endpoint=f"import_{what}")
    @answers(f"Import a list of {what}: all that its preview showed, or nothing", ImportedList, 201)
    @needs(Right.MANAGE)
    @asks(ListImport)
    @takes_file(LIST)
    def carry_out(data: bytes, reading: ListImport) -> ImportedList | Refusal | Response:
        return _import(what, data, reading)

    @blueprint.post(f"/{what}/undo/", endpoint=f"undo_{what}")
    @answers(f"Take the last import of {what} back, where nothing was done since", ImportTakenBack)
    @needs(Right.MANAGE)
    @recently_confirmed
    @takes(ImportToUndo)
    def undo(given: ImportToUndo) -> ImportTakenBack | Refusal:
        return _undone(what, given)


def _preview(what: str, data: bytes, reading: ListReading) -> ListPreview | Response:
    sent = _opened(what, data, reading)
    if isinstance(sent, Invalid):
        return invalid(sent.errors)
    return _shaped(sent_lists.judged(sent, sent_lists.read(sent)))


def _import(what: str, data: bytes, reading: ListImport) -> ImportedList | Refusal | Response:
    sent = _opened(what, data, reading)
    if isinstance(sent, Invalid):
        return invalid(sent.errors)
    if sent.holds_all:
        require_confirmed()
    judged = sent_lists.judged(sent, sent_lists.read(sent))
    wrong = _wrong(judged, reading.confirmed)
    if wrong:
        return invalid(wrong)
    imported = sent_lists.carry_out(
        current_actor(), sent, judged.upload, reading.promise, _ids(reading.also)
    )
    if isinstance(imported, Refusal):
        return imported
    last = undoing.last(what)
    assert last is not None
    return ImportedList(
        id=last.number,
        message=words.done(imported, judged.left_out),
        added=imported.added,
        updated=imported.updated,
        removed=imported.removed,
        unchanged=imported.unchanged,
        left_out=len(judged.left_out),
        left_out_lines=judged.left_out,
    )


def _opened(what: str, data: bytes, reading: ListReading) -> Sent | Invalid:
    chosen = partial(_columns, _parted(reading.columns))
    return sent_lists.opened(what, data, reading.encoding or None, reading.mode, chosen)


def _columns(names: Sequence[str], layout: Layout[Any], table: Table) -> Columns | Invalid | None:
    if not names:
        return None
    if len(names) != len(table.headings):
        sentence = ngettext(
            "The file has %(num)d column.", "The file has %(num)d columns.", len(table.headings)
        )
        return Invalid({"columns": sentence})
    if not {*names} <= {*layout.names, mapping.LEFT_ASIDE}:
        choices = ", ".join(sorted(layout.names))
        return Invalid({"columns": _("Choose one of these: %(choices)s.", choices=choices)})
    return tuple(names)


def _wrong(judged: Judged, confirmed: bool) -> dict[str, str]:
    """What is to be said or put right before a list is imported, by field."""
    sent, comparison = judged.sent, judged.comparison
    if sent.is_undecided:
        choices = ", ".join(sent.opened.readings)
        return {"encoding": _("Choose one of these: %(choices)s.", choices=choices)}
    if sent.fault is not None:
        return {"columns": sent.fault}
    if sent.belongs_to != sent.what:
        return {"columns": _of_others(sent.what)}
    if judged.may_not_remove:
        return {"mode": _("Some lines cannot be used, and the people in them would be removed.")}
    if comparison.removed and not confirmed:
        return {"confirmed": _("Say that those who are not in the file may go.")}
    return {}


def _of_others(what: str) -> str:
    if what == "students":
        return _("This looks like a list of companies, not of students.")
    return _("This looks like a list of students, not of companies.")


def _shaped(judged: Judged) -> ListPreview:
    sent, comparison = judged.sent, judged.comparison
    return ListPreview(
        columns=[
            ListColumn(heading=heading, field=field or None)
            for heading, field in zip(sent.opened.table.headings, sent.columns, strict=True)
        ],
        fields=sorted(sent.layout.names),
        fault=sent.fault,
        encodings=list(sent.opened.readings) if sent.is_undecided else [],
        belongs_to=sent.belongs_to,
        may_import=judged.may_import and sent.fault is None,
        new=len(comparison.new),
        unchanged=comparison.present,
        changed=[_change(each) for each in comparison.changed],
        removed=[_removal(each) for each in comparison.removed],
        busy=[_removal(each) for each in comparison.busy],
        left_out=[
            ListLine(number=each.number, text=each.text, errors=dict(each.reasons))
            for each in judged.bad
        ],
        unclear=[each.number for each in judged.upload.unclear],
        promise=comparison.promise,
    )


def _change(of: Change) -> ListChange:
    return ListChange(
        id=of.id,
        name=of.name,
        changes=[
            FieldChange(field=field, before=of.before[field], after=value)
            for field, value in of.after.items()
        ],
    )


def _removal(of: Removal) -> ListRemoval:
    return ListRemoval(
        id=of.id,
        name=of.name,
        running=of.running,
        called=of.called,
        waiting=of.waiting,
        done=of.done,
        notes=of.notes,
    )


def _last(what: str) -> LastImport:
    last = undoing.last(what)
    return LastImport(last=None if last is None else _imported(last))


def _imported(last: undoing.LastImport) -> LastImportedList:
    back = last.reversal
    stay = [] if back is None else [*back.used.values(), *back.changed.values()]
    return LastImportedList(
        id=last.number,
        at=last.at,
        by=last.by,
        added=last.done.added,
        updated=last.done.updated,
        removed=last.done.removed,
        unchanged=last.done.unchanged,
        undone=last.undone is not None,
        would_remove=[] if back is None else list(back.removed.values()),
        would_restore=[] if back is None else [each.name for each in back.restored],
        stay=[*stay, *last.left],
    )


def _undone(what: str, given: ImportToUndo) -> ImportTakenBack | Refusal:
    undone = undoing.undo(current_actor(), what, given.id)
    if isinstance(undone, Refusal):
        return undone
    return ImportTakenBack(
        message=words.undone(undone),
        removed=undone.removed,
        restored=undone.restored,
        left=len(undone.left),
    )


def _parted(text: str) -> list[str]:
    return [each.strip() for each in text.split(",")] if text else []


def _ids(text: str) -> set[int]:
    return {int(each) for each in _parted(text) if each.isdecimal() and int(each) <= LARGEST_ID}


for _what in LAYOUTS:
    _serve(_what)
