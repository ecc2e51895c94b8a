"""Workbooks with one sheet, in which every cell is text and none a formula.

XlsxWriter handles the format; this module keeps a workbook as safe as a CSV file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from flask import Response
from gevent import get_hub

from jobfair.imports.files import spreadsheets
from jobfair.queries.fair import fair_identity
from jobfair.web.rendering.csv_files import Cell
from jobfair.web.rendering.file_names import dated

MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60
"""The widest column, in characters."""


def attachment(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A download; the sheet is small enough to be made at once.

    `name` is the file's name, in ASCII, without date and suffix; see `dated`.
    """
    lines = [[str(each) if each is not None else "" for each in row] for row in (headings, *rows)]
    title = fair_identity.current().title
    # In a thread, because writing a long sheet would hold up everybody else.
    written = get_hub().threadpool.apply(_written, (title, lines))
    response = Response(written, mimetype=MIME_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=f"{dated(name)}.xlsx")
    return response


def _written(title: str, lines: Sequence[Sequence[str]]) -> bytes:
    # Loaded only here: few workers ever write a workbook.
    from xlsxwriter import Workbook

    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": title})
        sheet = workbook.add_worksheet()
        heading = workbook.add_format({"bold": True})
        # Like an apostrophe in front: the cell stays text when somebody edits it.
        quoted = workbook.add_format({"quote_prefix": True})
        for at, line in enumerate(lines):
            for column, text in enumerate(line):
                would_calculate = spreadsheets.escaped(text) != text
                look = quoted if would_calculate else None if at else heading
                # Not `write`, which turns some texts into numbers, links and formulas.
                sheet.write_string(at, column, text, look)
        for column, texts in enumerate(zip(*lines, strict=True)):
            sheet.set_column(column, column, min(WIDEST, max(map(len, texts)) + 2))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(lines) - 1, len(lines[0]) - 1)
    return file.getvalue()
