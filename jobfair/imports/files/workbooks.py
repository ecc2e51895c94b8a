"""Workbooks of Excel and LibreOffice, read by a process of their own, see `workbook_reader`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from jobfair.imports.files import workbook_reader
from jobfair.imports.files.tables import TableLine

# How a zip archive and an old Office document begin; every workbook is one of the two.
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PATIENCE = 40
"""In seconds: twice what it may compute, on a busy machine."""

Sheets = tuple[tuple[str, tuple[TableLine, ...]], ...]
"""The names of the sheets, with their lines."""


class Unreadable(ValueError):
    """A workbook that cannot be read; its argument says why, as `workbook_reader` does."""

    @property
    def why(self) -> str:
        return str(self.args[0])


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook, whatever it is called."""
    return data.startswith(_BEGINNINGS)


def unpacked(data: bytes) -> bytes:
    """What the process that reads a workbook says of it, for `sheets`.

    Raises Unreadable where it asks for more memory or time than it may have.
    """
    try:
        read = subprocess.run(  # noqa: S603 - the interpreter that runs us, and our own file
            [sys.executable, "-I", str(Path(workbook_reader.__file__))],
            input=data,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise Unreadable("size") from None
    return read.stdout


def sheets(said: bytes) -> Sheets:
    """The visible sheets of a workbook that hold something; blank lines are left out.

    Raises Unreadable with `password`, `unreadable`, `rows`, `columns` or `size`.
    """
    answer = json.loads(said)
    if "wrong" in answer:
        raise Unreadable(answer["wrong"])
    return tuple((name, _lines(rows)) for name, rows in answer["sheets"])


def _lines(rows: list[list[str]]) -> tuple[TableLine, ...]:
    return tuple(
        TableLine(number, ";".join(cells), tuple(cells))
        for number, cells in enumerate(rows, 1)
        if any(cell.strip() for cell in cells)
    )
