"""What is answered about lists that are imported."""

from __future__ import annotations

from typing import Any

from jobfair.blueprints.api.shapes.common import Moment, Shape


class ListColumn(Shape):
    """A column of the file, and the field that it goes to; null where it is left aside."""

    heading: str
    field: str | None


class FieldChange(Shape):
    field: str
    before: Any
    after: Any


class ListChange(Shape):
    """Somebody who is there and would be changed."""

    id: int
    name: str
    changes: list[FieldChange]


class ListRemoval(Shape):
    """Somebody who is not in the file, and what goes with them."""

    id: int
    name: str
    running: int
    called: int
    waiting: int
    done: int
    notes: int


class ListLine(Shape):
    """A line that is left out: `errors` by field, blank for the whole line."""

    number: int
    text: str
    errors: dict[str, str]


class ListPreview(Shape):
    """What importing a file would do; `promise` goes with the import of the same file.

    `fault` says why it cannot be read by its columns, `encodings` between which its letters do not
    decide. `belongs_to` is whose list it seems to be. `busy` are in an interview or called, and
    are removed only where they are named. `unclear` are the lines that do not say whom they mean:
    nobody is removed while there are any.
    """

    columns: list[ListColumn]
    fields: list[str]
    fault: str | None
    encodings: list[str]
    belongs_to: str
    may_import: bool
    new: int
    unchanged: int
    changed: list[ListChange]
    removed: list[ListRemoval]
    busy: list[ListRemoval]
    left_out: list[ListLine]
    unclear: list[int]
    promise: str


class ImportedList(Shape):
    """What an import did; `id` is what undoing names, `left_out_lines` are numbers of lines."""

    id: int
    message: str
    added: int
    updated: int
    removed: int
    unchanged: int
    left_out: int
    left_out_lines: list[int]


class LastImportedList(Shape):
    """An import, and what undoing it would take back; all empty where it was undone.

    `stay` are the names of those who would stay as they are, or stayed.
    """

    id: int
    at: Moment
    by: str
    added: int
    updated: int
    removed: int
    unchanged: int
    undone: bool
    would_remove: list[str]
    would_restore: list[str]
    stay: list[str]


class LastImport(Shape):
    """Null before the first."""

    last: LastImportedList | None


class ImportTakenBack(Shape):
    message: str
    removed: int
    restored: int
    left: int
