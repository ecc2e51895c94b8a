"""CSV files that a spreadsheet opens with a double click, and that inject no formula.

A spreadsheet expects the separator of the computer's language, so the file follows the language
chosen here: semicolons in French, commas in English. The byte order mark says UTF-8; without it
spreadsheets read each accented letter as two.

Our own code around the standard library's csv, which writes formulas unchanged.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from flask import Response, stream_with_context
from flask_babel import get_locale

from jobfair.imports.files import spreadsheets
from jobfair.web.rendering.file_names import dated

BYTE_ORDER_MARK = "\ufeff"
ROWS_PER_CHUNK = 250

MIME_TYPE = "text/csv"

Cell = str | int | None


def attachment(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A download, streamed so that memory does not grow with the number of rows.

    `name` is the file's name, in ASCII, without date and suffix; see `dated`.
    """
    lines = stream_with_context(_lines(headings, rows))
    response = Response(lines, mimetype=MIME_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=f"{dated(name)}.csv")
    return response


def escaped(cell: Cell) -> str:
    """A cell as text; one that a spreadsheet would take for a formula gets an apostrophe."""
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    return spreadsheets.escaped(cell)


def _lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    buffer = StringIO(BYTE_ORDER_MARK)
    buffer.seek(0, 2)
    writer = csv.writer(buffer, delimiter=";" if _is_french() else ",")
    writer.writerow(headings)
    for number, row in enumerate(rows, 1):
        writer.writerow(map(escaped, row))
        if number % ROWS_PER_CHUNK == 0:
            yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _is_french() -> bool:
    return str(get_locale()).startswith("fr")
