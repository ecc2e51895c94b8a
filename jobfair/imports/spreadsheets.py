"""What spreadsheets do to CSV files: separators, encodings, line ends, and formulas.

The csv module's Sniffer only guesses the separator; the known headings decide better. Workbooks
are refused with a sentence, so no library reads them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass

SEPARATORS = (";", ",", "\t")

_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# How a zip archive and an old Office document begin; every workbook is one of the two.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAMPLE = 200

# A spreadsheet takes a cell that begins with one of these for a formula, even after blanks. The
# full-width ones come from Japanese keyboards.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BREAKS = ("\t", "\r", "\n")
_ESCAPE = "'"


class Workbook(ValueError):
    """The file is a workbook, not a table saved as CSV."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table: its number in the file, from 1, its text, and its cells.

    `cells` is None when the quotes do not match.
    """

    number: int
    text: str
    cells: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of the first line, and the lines after it; blank ones are left out."""

    headings: tuple[str, ...]
    lines: tuple[TableLine, ...]


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 or, as older spreadsheets save it, Windows' Latin-1.

    Raises Workbook, or ValueError for a file that is not text.
    """
    if data.startswith(_WORKBOOKS):
        raise Workbook
    text = data.decode(_encoding(data))
    # One that got into a line spoils that line only; what is no text has them from the beginning.
    if "\0" in text.strip().partition("\n")[0]:
        raise ValueError("not text")
    return text


def read(text: str, known: Callable[[str], bool]) -> Table:
    """Read a table; the separator is the one with which the most headings are `known`."""
    source = [f"{line}\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    first = next((at for at, line in enumerate(source) if line.strip()), 0)
    separator = max(SEPARATORS, key=lambda each: _known(source, first, each, known))
    heading, *lines = _lines(source, first, separator) or [TableLine(1, "", ())]
    return Table(_without_end(heading.cells or ()), tuple(lines))


def escaped(cell: str) -> str:
    """A cell with an apostrophe before it, if a spreadsheet would take it for a formula.

    Also if it already looks so escaped, so that `unescaped` gives every cell back.
    """
    begins = cell.lstrip(_ESCAPE)
    would_calculate = begins.startswith(_BREAKS) or begins.lstrip().startswith(_FORMULA)
    return f"{_ESCAPE}{cell}" if would_calculate else cell


def unescaped(cell: str) -> str:
    """A cell as it was before `escaped`."""
    plain = cell.removeprefix(_ESCAPE)
    return plain if plain != cell and escaped(plain) == cell else cell


def _encoding(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding
    # UTF-16 without its mark: every ASCII letter has a zero byte beside it.
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[start:_SAMPLE:2].count(0) > _SAMPLE // 4:
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _known(source: list[str], at: int, separator: str, known: Callable[[str], bool]) -> int:
    cells, _ = _record(source, at, separator)
    return sum(map(known, cells or ()))


def _lines(source: list[str], at: int, separator: str) -> list[TableLine]:
    lines = []
    while at < len(source):
        cells, used = _record(source, at, separator)
        if cells is None or any(cell.strip() for cell in cells):
            text = "".join(source[at : at + used]).strip("\n").replace("\0", "\ufffd")
            lines.append(TableLine(at + 1, text, cells))
        at += used
    return lines


def _record(source: list[str], at: int, separator: str) -> tuple[tuple[str, ...] | None, int]:
    """The cells of the line that begins at an index, and how many lines of text it has.

    When its quotes do not match it has one line, and reading goes on with the next.
    """
    rest = map(source.__getitem__, range(at, len(source)))
    reader = csv.reader(rest, delimiter=separator, strict=True)
    try:
        return tuple(next(reader)), reader.line_num
    except csv.Error:
        return None, 1


def _without_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells without the empty ones that separators at the end of a line make."""
    used = [at for at, cell in enumerate(cells) if cell.strip()]
    return cells[: used[-1] + 1] if used else ()
