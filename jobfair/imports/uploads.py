"""Lists that an organiser uploads: which columns they have, and what is wrong with each line."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from gevent import get_hub
from werkzeug.datastructures import MultiDict

from jobfair.fields import companies, students
from jobfair.fields.companies import NewCompany
from jobfair.fields.company_names import name_key
from jobfair.fields.declaration import Field, labels, shape, with_default
from jobfair.fields.folding import folded
from jobfair.fields.introductions import FROM_SCHOOL
from jobfair.fields.parsing import Input, Invalid, parse
from jobfair.imports import encodings, spreadsheets, tables, workbooks
from jobfair.imports.importing import Card, ListedStudent
from jobfair.imports.tables import Table, TableLine
from jobfair.imports.workbooks import Unreadable

MOST_LINES = 10_000

LINES_AT_ONCE = 250
"""Judged before others have their turn."""

FILE = "file"
"""The key of errors about the whole file."""

LINE = ""
"""The key of errors about a whole line."""


@dataclass(frozen=True, slots=True)
class Layout(Generic[Card]):
    """How a list is read.

    `fields` are the possible columns, `shape` validates a line, and `card` makes the value from
    it. Two lines with the same `key` are duplicates; `key_field` is the field of the key.
    """

    fields: Sequence[Field]
    shape: type[Input]
    card: Callable[..., Card]
    key_field: str
    key: Callable[[Card], str]

    def field(self, heading: str) -> str | None:
        """The field that a column's heading names."""
        named = _heading(heading)
        return next((each.name for each in self.fields if named in each.headings.split()), None)

    def label(self, name: str) -> LazyString:
        """What a field is called in words."""
        return next(each.label for each in self.fields if each.name == name)


_STUDENT_FIELDS = (*students.CARD, *FROM_SCHOOL)
STUDENTS = Layout(
    _STUDENT_FIELDS,
    shape("StudentLine", _STUDENT_FIELDS, with_default, Input),
    ListedStudent,
    "email",
    lambda line: line.email,
)

COMPANIES = Layout(
    companies.IN_LISTS,
    shape("CompanyLine", companies.IN_LISTS, with_default, Input),
    NewCompany,
    "name",
    lambda line: name_key(line.name),
)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be imported: its number, its text, and the errors by field."""

    number: int
    text: str
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoodLine(Generic[Card]):
    """A line that can be imported: its number, its text, and the value made from it."""

    number: int
    text: str
    card: Card

    def as_bad(self, field: str, sentence: str) -> BadLine:
        """The same line as a bad one, with an error for a field."""
        return BadLine(self.number, self.text, {field: sentence})


@dataclass(frozen=True, slots=True)
class Upload(Generic[Card]):
    """A list that was read. `ignored` are the headings of unknown columns."""

    good: tuple[GoodLine[Card], ...]
    bad: tuple[BadLine, ...]
    ignored: tuple[str, ...]

    @property
    def cards(self) -> list[Card]:
        """The values of the good lines, in order."""
        return [line.card for line in self.good]

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
    lines = spreadsheets.read(reading.text, _is_known)
    return Opened(tables.table(lines, _is_known), reading.readings)


def _best_sheet(said: bytes) -> Opened:
    """The sheet that has the most columns that some list has, the first of them."""
    read = [(name, tables.table(lines, _is_known)) for name, lines in workbooks.sheets(said)]
    if not read:
        return Opened(Table((), ()))
    name, best = max(read, key=lambda each: sum(map(_is_known, each[1].headings)))
    others = tuple(each for each, _table in read if each != name)
    return Opened(best, sheet=name if others else None, other_sheets=others)


def _is_known(heading: str) -> bool:
    """Whether any list has a column of this name."""
    return any(layout.field(heading) is not None for layout in (STUDENTS, COMPANIES))


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
    other = _("This workbook cannot be opened. Save it anew in your spreadsheet, or as CSV.")
    return _invalid(sentences.get(error.why, other))


def read(table: Table, layout: Layout[Card]) -> Upload[Card] | Invalid:
    """Validate each line of a table; a second line with the same key is a bad one.

    Returns Invalid when columns are missing or double, and when the list is empty or too long.
    """
    if not table.headings:
        return _invalid(_("There is no list in this file."))
    fields = [layout.field(heading) for heading in table.headings]
    wrong = _wrong_columns(layout, fields) or _wrong_size(table)
    if wrong is not None:
        return _invalid(wrong)
    judged = []
    for number, line in enumerate(table.lines):
        if number % LINES_AT_ONCE == 0:
            # Lets gevent serve other requests.
            time.sleep(0)
        judged.append(_judge(line, layout, fields))
    lines = _each_once(judged, layout)
    return Upload(
        tuple(line for line in lines if isinstance(line, GoodLine)),
        tuple(line for line in lines if isinstance(line, BadLine)),
        tuple(
            heading
            for heading, field in zip(table.headings, fields, strict=True)
            if field is None and heading.strip()
        ),
    )


def _invalid(sentence: str) -> Invalid:
    return Invalid({FILE: sentence})


def _heading(text: str) -> str:
    """A heading for comparing: without case, accents, blanks and punctuation."""
    return "".join(filter(str.isalnum, folded(text)))


def _wrong_columns(layout: Layout[Card], fields: list[str | None]) -> str | None:
    missing = [
        each for each in layout.fields if each.name not in fields and not each.may_be_left_out
    ]
    if missing:
        return _(
            "The first line must name the columns; this one is missing: %(columns)s.",
            columns=", ".join(labels(missing)),
        )
    twice = [each for each in layout.fields if fields.count(each.name) > 1]
    if twice:
        return _(
            "Two columns say the same: %(columns)s. Keep one.", columns=", ".join(labels(twice))
        )
    return None


def _wrong_size(table: Table) -> str | None:
    if not table.lines:
        return _("There is nothing below the names of the columns.")
    if len(table.lines) > MOST_LINES:
        return _(
            "This list has %(lines)d lines; at most %(most)d can be imported at once. "
            "Split it and import the parts one after the other.",
            lines=len(table.lines),
            most=MOST_LINES,
        )
    return None


def _judge(
    line: TableLine, layout: Layout[Card], fields: list[str | None]
) -> GoodLine[Card] | BadLine:
    if line.cells is None:
        return _bad(line, _("The quotes in this line do not match."))
    if any(cell.strip() for cell in line.cells[len(fields) :]):
        return _bad(line, _("This line has more cells than there are columns."))
    given = {
        field: cell
        for field, cell in zip(fields, line.cells, strict=False)
        if field is not None and cell.strip()
    }
    parsed = parse(layout.shape, MultiDict(given))
    if isinstance(parsed, Invalid):
        return BadLine(line.number, line.text, parsed.errors)
    return GoodLine(line.number, line.text, layout.card(**parsed.model_dump()))


def _bad(line: TableLine, sentence: str) -> BadLine:
    return BadLine(line.number, line.text, {LINE: sentence})


def _each_once(
    judged: list[GoodLine[Card] | BadLine], layout: Layout[Card]
) -> list[GoodLine[Card] | BadLine]:
    first: dict[str, int] = {}
    lines: list[GoodLine[Card] | BadLine] = []
    for line in judged:
        if isinstance(line, GoodLine):
            number = first.setdefault(layout.key(line.card), line.number)
            if number != line.number:
                sentence = _("The same as in line %(number)d.", number=number)
                lines.append(line.as_bad(layout.key_field, sentence))
                continue
        lines.append(line)
    return lines
