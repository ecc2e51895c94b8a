"""The lines of a file, and which of them names its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

LOOKED_AT = 20
"""Lines in which the names of the columns may stand: titles come before them."""

Known = Callable[[str], bool]
"""Whether a cell is the name of a column that some list has."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table: its number in the file, from 1, its text, and its cells.

    `cells` is None when the quotes do not match.
    """

    number: int
    text: str
    cells: tuple[str, ...] | None

    @property
    def filled(self) -> int:
        """How many of its cells hold something."""
        return sum(bool(cell.strip()) for cell in self.cells or ())


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, blank where the file has none, and the lines below them."""

    headings: tuple[str, ...]
    lines: tuple[TableLine, ...]


def table(lines: Sequence[TableLine], known: Known) -> Table:
    """Find the line with the names of the columns; what stands above it is a title."""
    sample = lines[:LOOKED_AT]
    if not sample:
        return Table((), ())
    at = max(range(len(sample)), key=lambda each: (names(sample[each], known), -each))
    if not names(sample[at], known):
        most = max(line.filled for line in sample)
        at = next(each for each, line in enumerate(sample) if 2 * line.filled >= most)
    cells = _without_end(sample[at].cells or ())
    if any("@" in cell for cell in cells):
        # Addresses are nobody's column: the file begins with its first person.
        return Table(("",) * len(cells), tuple(lines[at:]))
    return Table(cells, tuple(lines[at + 1 :]))


def names(line: TableLine, known: Known) -> int:
    """How many of a line's cells name a column."""
    return sum(map(known, line.cells or ()))


def _without_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells without the empty ones that separators at the end of a line make."""
    used = [at for at, cell in enumerate(cells) if cell.strip()]
    return cells[: used[-1] + 1] if used else ()
