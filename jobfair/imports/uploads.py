"""Lists that an organiser uploads: opened, and what is wrong with each line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic

from flask_babel import gettext as _
from gevent import get_hub
from werkzeug.datastructures import MultiDict

from jobfair.background import let_others_run
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.imports.comparing import Card
from jobfair.imports.files import encodings, spreadsheets, tables, workbooks
from jobfair.imports.files.tables import Table, TableLine
from jobfair.imports.files.workbooks import Unreadable
from jobfair.imports.full_names import LAST_NAME_FIRST, parted
from jobfair.imports.layouts import Layout, is_known
from jobfair.imports.mapping import Columns

MOST_LINES = 10_000

LINES_AT_ONCE = 250
"""Judged before others have their turn."""

FILE = "file"
"""The key of errors about the whole file."""

LINE = ""
"""The key of errors about a whole line."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be imported: its number, its text, and the errors by field.

    `key` is whom it means, None where that is not clear.
    """

    number: int
    text: str
    reasons: Mapping[str, str]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class GoodLine(Generic[Card]):
    """A line that can be imported: its number, its text, and the value made from it.

    `given` has by field what its cells say; blank ones say nothing. `key` is whom it means.
    """

    number: int
    text: str
    card: Card
    given: Mapping[str, Any]
    key: str

    def as_bad(self, field: str, sentence: str) -> BadLine:
        """The same line as a bad one, with an error for a field."""
        return BadLine(self.number, self.text, {field: sentence}, self.key)


@dataclass(frozen=True, slots=True)
class Upload(Generic[Card]):
    """A list that was read."""

    good: tuple[GoodLine[Card], ...]
    bad: tuple[BadLine, ...]

    @property
    def cards(self) -> list[Card]:
        """The values of the good lines, in order."""
        return [line.card for line in self.good]

    @property
    def given(self) -> list[Mapping[str, Any]]:
        """What the good lines say, in order."""
        return [line.given for line in self.good]

    @property
    def named(self) -> frozenset[str]:
        """Whom the bad lines mean, where they say so."""
        return frozenset(line.key for line in self.bad if line.key is not None)

    @property
    def unclear(self) -> list[BadLine]:
        """The bad lines that do not say whom they mean."""
        return [line for line in self.bad if line.key is None]

    def line_of(self, card: Card) -> GoodLine[Card]:
        """The line that a card was read from."""
        return next(line for line in self.good if line.card is card)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened: its table, and how it was read.

    `readings` are the encodings between which its letters do not decide, best first; one or none
    where there is nothing to choose. `sheet` is the name of the sheet, where it is a workbook with
    several, and `other_sheets` those that were not read.
    """

    table: Table
    readings: tuple[str, ...] = ()
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()


def open_file(data: bytes, encoding: str | None = None) -> Opened:
    """Read a file as a table; `encoding` is one that somebody has picked for it.

    Others are served meanwhile. Raises Unreadable for a workbook that cannot be read, and
    ValueError for what is no table at all.
    """
    in_thread = get_hub().threadpool.apply
    if workbooks.is_workbook(data):
        opened: Opened = in_thread(_best_sheet, (workbooks.unpacked(data),))
    else:
        opened = in_thread(_text_table, (data, encoding))
    return opened


def _text_table(data: bytes, encoding: str | None) -> Opened:
    reading = encodings.read(data, encoding)
    lines = spreadsheets.read(reading.text, is_known)
    return Opened(tables.table(lines, is_known), reading.readings)


def _best_sheet(said: bytes) -> Opened:
    """The sheet that has the most columns that some list has, the first of them."""
    read = [(name, tables.table(lines, is_known)) for name, lines in workbooks.sheets(said)]
    if not read:
        return Opened(Table((), ()))
    name, best = max(read, key=lambda each: sum(map(is_known, each[1].headings)))
    others = tuple(each for each, _table in read if each != name)
    return Opened(best, sheet=name if others else None, other_sheets=others)


def why_not(error: ValueError) -> Invalid:
    """What is said of a file that could not be opened."""
    if not isinstance(error, Unreadable):
        return _invalid(
            _("This file is neither a workbook nor a list saved as CSV by a spreadsheet.")
        )
    sentences = {
        "password": _("This workbook is protected by a password. Save it without one."),
        "rows": _(
            "A sheet of this workbook has more than %(most)d lines. Split it and import the parts "
            "one after the other.",
            most=MOST_LINES,
        ),
        "columns": _("A sheet of this workbook has too many columns. Keep those of the list."),
        "size": _("This workbook is too large to be opened. Keep the sheet with the list alone."),
    }
    other = _("This workbook cannot be opened. Save it again in your spreadsheet, or as CSV.")
    return _invalid(sentences.get(error.why, other))


def read(table: Table, layout: Layout[Card], columns: Columns) -> Upload[Card]:
    """Validate each line of a table; a second line with the same key is a bad one."""
    judged = []
    for number, line in enumerate(table.lines):
        if number % LINES_AT_ONCE == 0:
            let_others_run()
        judged.append(_judge(line, layout, columns))
    lines = _each_once(judged, layout)
    return Upload(
        tuple(line for line in lines if isinstance(line, GoodLine)),
        tuple(line for line in lines if isinstance(line, BadLine)),
    )


def wrong_size(table: Table) -> Invalid | None:
    """Why a table is not to be read at all: it is empty, or too long."""
    if not table.headings:
        return _invalid(_("There is no list in this file."))
    if not table.lines:
        return _invalid(_("There is nothing below the names of the columns."))
    if len(table.lines) > MOST_LINES:
        return _invalid(
            _(
                "This list has %(lines)d lines; at most %(most)d can be imported at once. "
                "Split it and import the parts one after the other.",
                lines=len(table.lines),
                most=MOST_LINES,
            )
        )
    return None


def _invalid(sentence: str) -> Invalid:
    return Invalid({FILE: sentence})


def _judge(line: TableLine, layout: Layout[Card], columns: Columns) -> GoodLine[Card] | BadLine:
    if line.cells is None:
        return _bad(line, _("The quotes in this line do not match."))
    if any(cell.strip() for cell in line.cells[len(columns) :]):
        return _bad(line, _("This line has more cells than there are columns."))
    given = {
        field: cell
        for field, cell in zip(columns, line.cells, strict=False)
        if field and cell.strip()
    }
    for each in layout.together:
        if each.name in given:
            given |= _names(given.pop(each.name), each is LAST_NAME_FIRST)
    parsed = parse(layout.shape, MultiDict(given))
    if isinstance(parsed, Invalid):
        return BadLine(line.number, line.text, parsed.errors, _key(layout, given))
    given_values = parsed.model_dump(exclude_unset=True)
    card = layout.card(**parsed.model_dump())
    return GoodLine(line.number, line.text, card, given_values, layout.key_of(card))


def _key(layout: Layout[Any], given: Mapping[str, str]) -> str | None:
    parsed = parse(layout.key_shape, MultiDict(given))
    return None if isinstance(parsed, Invalid) else layout.key_of(parsed)


def _names(full: str, last_name_first: bool) -> dict[str, str]:
    names = dict(zip(("first_name", "last_name"), parted(full, last_name_first), strict=True))
    return {field: name for field, name in names.items() if name}


def _bad(line: TableLine, sentence: str) -> BadLine:
    return BadLine(line.number, line.text, {LINE: sentence})


def _each_once(
    judged: list[GoodLine[Card] | BadLine], layout: Layout[Card]
) -> list[GoodLine[Card] | BadLine]:
    first: dict[str, int] = {}
    lines: list[GoodLine[Card] | BadLine] = []
    for line in judged:
        if isinstance(line, GoodLine):
            number = first.setdefault(line.key, line.number)
            if number != line.number:
                sentence = _("The same as in line %(number)d.", number=number)
                lines.append(line.as_bad(layout.key_field, sentence))
                continue
        lines.append(line)
    return lines
