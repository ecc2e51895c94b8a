"""What spreadsheets do to CSV files: separators, line ends, and formulas.

The csv module's Sniffer only guesses the separator; the known headings decide better.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from jobfair.imports.files.tables import LOOKED_AT, Known, TableLine, names

SEPARATORS = (";", ",", "\t", "|")

# How Excel names the separator of a file, in a line before all others.
_NAMED = re.compile(r"\s*\"?sep=(.)\"?[;,\t|]*\s*", re.IGNORECASE)

# A spreadsheet takes a cell that begins with one of these for a formula, even after blanks. The
# full-width ones come from Japanese keyboards.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BREAKS = ("\t", "\r", "\n")
_ESCAPE = "'"


def read(text: str, known: Known) -> tuple[TableLine, ...]:
    """The lines of a CSV file; blank ones are left out.

    The separator is the one that the file names, else the one with which the most headings are
    `known`, else the one that parts the most lines alike.
    """
    source = [f"{line}\n" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    named = _NAMED.fullmatch(source[0])
    if named:
        return tuple(_lines(source, named[1], 1))
    separator = max(
        SEPARATORS, key=lambda each: _fitness(_lines(source, each, 0, LOOKED_AT), known)
    )
    return tuple(_lines(source, separator, 0))


def _fitness(lines: Sequence[TableLine], known: Known) -> tuple[int, int]:
    widths = Counter(len(line.cells) for line in lines if line.cells and len(line.cells) > 1)
    return max((names(line, known) for line in lines), default=0), max(widths.values(), default=0)


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


def _lines(
    source: Sequence[str], separator: str, at: int, most: int | None = None
) -> list[TableLine]:
    """The lines from an index on, blank ones left out; `most` of them."""
    lines: list[TableLine] = []
    while at < len(source) and (most is None or len(lines) < most):
        cells, used = _record(source, at, separator)
        if cells is None or any(cell.strip() for cell in cells):
            text = "".join(source[at : at + used]).strip("\n").replace("\0", "\ufffd")
            lines.append(TableLine(at + 1, text, cells))
        at += used
    return lines


def _record(source: Sequence[str], at: int, separator: str) -> tuple[tuple[str, ...] | None, int]:
    """The cells of the line that begins at an index, and how many lines of text it has.

    When its quotes do not match it has one line, and reading goes on with the next.
    """
    rest = map(source.__getitem__, range(at, len(source)))
    reader = csv.reader(rest, delimiter=separator, strict=True)
    try:
        return tuple(map(unescaped, next(reader))), reader.line_num
    except csv.Error:
        return None, 1
