"""A list that was sent: how it is read, what importing it would do, and importing it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jobfair.domain.events import ListImported
from jobfair.domain.refusals import Refusal
from jobfair.fields.input.parsing import Invalid
from jobfair.imports import comparing, importing, mapping, uploads
from jobfair.imports.comparing import Comparison, Given, Named
from jobfair.imports.files.tables import Table
from jobfair.imports.layouts import LAYOUTS, Layout
from jobfair.imports.mapping import Columns
from jobfair.imports.uploads import BadLine, Opened, Upload
from jobfair.unit_of_work.actors import Actor
from jobfair.wording import refusals

LARGEST_FILE = 6 * 1024 * 1024
"""Ten thousand lines of a wide table, as a workbook or as text."""


class Mode(StrEnum):
    """What becomes of those who are there already: in the list, or not in it.

    They stay as they are; those in the list are updated; and those not in it are removed.
    """

    ADD = "add"
    UPDATE = "update"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Import:
    """The services of one kind of list."""

    compare: Callable[[Sequence[Any], Given | None, Named | None], Comparison[Any]]
    carry_out: Callable[
        [Actor, Sequence[Any], str, Given | None, Named | None, Collection[int]],
        ListImported | Refusal,
    ]


IMPORTS = {
    "students": Import(comparing.compare_students, importing.import_students),
    "companies": Import(comparing.compare_companies, importing.import_companies),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent, and how it is read.

    `encoding` is what was picked for it, None before. `was_looked_at` says that somebody has seen
    which columns go where.
    """

    what: str
    data: bytes
    encoding: str | None
    opened: Opened
    columns: Columns
    was_looked_at: bool
    mode: Mode

    @property
    def updates(self) -> bool:
        """Whether those who are there already are to be changed."""
        return self.mode is not Mode.ADD

    @property
    def holds_all(self) -> bool:
        """Whether those who are not in it are to be removed."""
        return self.mode is Mode.ONLY

    @property
    def layout(self) -> Layout[Any]:
        """The columns that such a list may have."""
        return LAYOUTS[self.what]

    @property
    def is_undecided(self) -> bool:
        """Whether somebody has to say first in which encoding it was saved."""
        return len(self.opened.readings) > 1 and self.encoding is None

    @property
    def belongs_to(self) -> str:
        """What it seems to list, which may be something else than it was sent as."""
        return self.what if self.was_looked_at else mapping.belongs_to(self.opened.table, self.what)

    @property
    def fault(self) -> str | None:
        """Why it cannot be read by its columns, in words; None where it can."""
        return mapping.fault(self.layout, self.columns)


@dataclass(frozen=True, slots=True)
class Judged:
    """The lines of a list, and what importing them would do. Empty where its columns do not do."""

    sent: Sent
    upload: Upload[Any]
    comparison: Comparison[Any]

    @property
    def may_not_remove(self) -> bool:
        """Whether somebody would be removed who may well be meant, by a line that was left out."""
        return self.sent.holds_all and bool(self.upload.unclear or self.comparison.lists_nobody)

    @property
    def may_import(self) -> bool:
        """Whether there is something to import, and nothing to be said first."""
        return (
            self.comparison.does_something
            and not self.may_not_remove
            and not self.sent.is_undecided
            and self.sent.belongs_to == self.sent.what
        )

    @property
    def left_out(self) -> list[int]:
        """The numbers of the lines that are not imported."""
        return [each.number for each in self.bad]

    @property
    def bad(self) -> list[BadLine]:
        """The lines that cannot be imported, those that clash among them."""
        clashing = [
            self.upload.line_of(card).as_bad(self.sent.layout.key_field, refusals.sentence(refusal))
            for card, refusal in self.comparison.refused
        ]
        return sorted([*self.upload.bad, *clashing], key=lambda line: line.number)


def opened(
    what: str,
    data: bytes,
    encoding: str | None,
    mode: Mode,
    chosen: Callable[[Layout[Any], Table], Columns | Invalid | None],
) -> Sent | Invalid:
    """Open a file, and say how it is read.

    `chosen` gives what somebody has chosen for its columns; where that is None they are recalled
    or guessed.
    """
    try:
        file = uploads.open_file(data, encoding)
    except ValueError as error:
        return uploads.why_not(error)
    wrong = uploads.wrong_size(file.table)
    if wrong is not None:
        return wrong
    layout, table = LAYOUTS[what], file.table
    picked = chosen(layout, table)
    if isinstance(picked, Invalid):
        return picked
    columns = picked or mapping.recalled(what, layout, table) or mapping.guessed(layout, table)
    known = encoding if encoding in file.readings else None
    return Sent(what, data, known, file, columns, picked is not None, mode)


def read(sent: Sent) -> Upload[Any]:
    """Look at each line."""
    if sent.fault is not None:
        return Upload((), ())
    return uploads.read(sent.opened.table, sent.layout, sent.columns)


def judged(sent: Sent, upload: Upload[Any]) -> Judged:
    """Compare the lines with who is there."""
    compared = IMPORTS[sent.what].compare(upload.cards, *_asked_for(sent, upload))
    return Judged(sent, upload, compared)


def carry_out(
    actor: Actor, sent: Sent, upload: Upload[Any], promise: str, also: Collection[int]
) -> ListImported | Refusal:
    """Import the lines, and remember for the next time which column went where.

    Returns `import_stale` where they would do something else than the comparison promised; see
    `importing`.
    """
    imported = IMPORTS[sent.what].carry_out(
        actor, upload.cards, promise, *_asked_for(sent, upload), also
    )
    if isinstance(imported, ListImported):
        mapping.remember(actor, sent.what, sent.layout, sent.opened.table, sent.columns)
    return imported


def _asked_for(sent: Sent, upload: Upload[Any]) -> tuple[Given | None, Named | None]:
    """What a comparison needs besides the list, by its mode."""
    return upload.given if sent.updates else None, upload.named if sent.holds_all else None
