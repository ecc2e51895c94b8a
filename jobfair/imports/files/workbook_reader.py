"""Reads a workbook, in a process of its own: `python -I workbook_reader.py`.

A file of a few kilobytes may ask for more memory than a machine has: by what it unpacks to, or by
one cell in the last corner of a sheet. Here that ends this process, and no worker of the fair.

The workbook comes on standard input; on standard output go its sheets, as JSON, or what is wrong.
Only the standard library and calamine are imported.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

MOST_MEMORY = 512 * 1024 * 1024
"""In bytes, the interpreter included."""

MOST_SECONDS = 20
"""Of computing."""

MOST_SHEETS = 20
MOST_ROWS = 10_100
"""Of one sheet: ten thousand lines, a title and blank ones."""

MOST_COLUMNS = 250
MOST_CELLS = 1_500_000
"""Of the whole workbook."""

MOST_TEXT = 32 * 1024 * 1024
"""Characters of the whole workbook."""


def sheets(data: bytes) -> dict[str, Any]:
    """The visible sheets of a workbook that hold something, as names and rows of texts.

    `{"sheets": [[name, rows], ...]}`, or `{"wrong": ...}` with `password`, `unreadable`, `rows`,
    `columns` or `size`.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    found: list[tuple[str, list[list[str]]]] = []
    cells = characters = 0
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for about in workbook.sheets_metadata[:MOST_SHEETS]:
            if about.visible is not SheetVisibleEnum.Visible:
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            last_row, last_column = sheet.end or (0, 0)
            if last_row >= MOST_ROWS:
                return {"wrong": "rows"}
            if last_column >= MOST_COLUMNS:
                return {"wrong": "columns"}
            rows = [[text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            cells += sum(map(len, rows))
            characters += sum(len(cell) for row in rows for cell in row)
            if cells > MOST_CELLS or characters > MOST_TEXT:
                return {"wrong": "size"}
            if any(cell.strip() for row in rows for cell in row):
                found.append((about.name, rows))
    except PasswordError:
        return {"wrong": "password"}
    except (CalamineError, OSError, ValueError):
        return {"wrong": "unreadable"}
    return {"sheets": found}


def text(cell: Any) -> str:
    """A cell as somebody would type it: 12 for 12.0, 2026-11-30 for a day."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def main() -> None:
    """Read standard input and write standard output, within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    # A process that asked for too much leaves nothing behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = json.dumps(sheets(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(answer.encode())


if __name__ == "__main__":
    main()
