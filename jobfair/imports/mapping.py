"""Which column of a file goes to which field: guessed, chosen, and remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select

from jobfair.db.transactions import read_transaction
from jobfair.fields.input.declaration import labels
from jobfair.imports.files.tables import Table
from jobfair.imports.full_names import FIRST_NAME_FIRST
from jobfair.imports.layouts import LAYOUTS, Layout, heading_key
from jobfair.models import ColumnChoice
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import write_transaction

LEFT_ASIDE = ""
"""Where a column goes that goes to no field."""

COLUMN = "column-"
"""Before the number of a column, from 0: the name of what is chosen for it."""

LOOKED_AT = 50
"""Lines by which a column is guessed where its heading says nothing."""

Columns = tuple[str, ...]
"""For each column the name of its field, or LEFT_ASIDE."""


def guessed(layout: Layout[Any], table: Table) -> Columns:
    """The fields that headings name, and those that can be seen from what stands below them."""
    columns = [layout.field(heading) or LEFT_ASIDE for heading in table.headings]
    if "email" in layout.names and "email" not in columns:
        _guess_addresses(columns, table)
    if layout.together:
        _guess_full_names(columns, table)
    return tuple(columns)


def chosen(layout: Layout[Any], form: Mapping[str, str], table: Table) -> Columns | None:
    """What a form says of the columns of a table; None where it says nothing of them."""
    given = [form.get(f"{COLUMN}{at}") for at in range(len(table.headings))]
    if None in given or not given:
        return None
    return tuple(each if each in layout.names else LEFT_ASIDE for each in given if each is not None)


def recalled(what: str, layout: Layout[Any], table: Table) -> Columns | None:
    """What was chosen for these headings the last time."""
    query = select(ColumnChoice.columns).where(
        ColumnChoice.what == what, ColumnChoice.headings == _digest(table)
    )
    with read_transaction() as connection:
        columns = connection.execute(query).scalar()
    known = {*layout.names, LEFT_ASIDE}
    # The fields may have become others since.
    if columns is None or len(columns) != len(table.headings) or not known.issuperset(columns):
        return None
    return tuple(columns)


def remember(actor: Actor, what: str, layout: Layout[Any], table: Table, columns: Columns) -> None:
    """Remember a choice for the same headings; what is guessed in any case is not."""
    same = (ColumnChoice.what == what, ColumnChoice.headings == _digest(table))
    with write_transaction(actor) as work:
        work.connection.execute(delete(ColumnChoice).where(*same))
        if columns != guessed(layout, table):
            row = {"what": what, "headings": _digest(table), "columns": list(columns)}
            work.connection.execute(insert(ColumnChoice).values(row))


def fault(layout: Layout[Any], columns: Columns) -> str | None:
    """Why a list cannot be read by these columns, in words; None where it can."""
    has = set(columns)
    if any(each.name in has for each in layout.together):
        has |= {"first_name", "last_name"}
    missing = [each for each in layout.fields if each.name not in has and not each.may_be_left_out]
    if missing:
        return _(
            "Say below which column holds this; it is missing: %(columns)s.",
            columns=", ".join(labels(missing)),
        )
    twice = [each for each in layout.choices if columns.count(each.name) > 1]
    if twice:
        return _(
            "Two columns say the same: %(columns)s. Keep one.", columns=", ".join(labels(twice))
        )
    alone = {"first_name", "last_name"}.intersection(columns)
    together = [each for each in layout.together if each.name in columns]
    if len(together) > 1 or (together and alone):
        return _("Names stand in one column, or first and last names in two: keep either.")
    return None


def belongs_to(table: Table, what: str) -> str:
    """Whose list this seems to be; `what` is whose page it was sent to.

    It is another's where that one could read it as it is and knows more of its headings; or as
    many, with one that it needs and this page does not know, as a first name.
    """
    own = LAYOUTS[what]
    for other, layout in LAYOUTS.items():
        more = layout.known(table.headings) - own.known(table.headings)
        is_told = _needs_alone(layout, own, table) and not _needs_alone(own, layout, table)
        if (more > 0 or (more == 0 and is_told)) and fault(layout, guessed(layout, table)) is None:
            return other
    return what


def _needs_alone(layout: Layout[Any], other: Layout[Any], table: Table) -> bool:
    """Whether a heading names what a layout needs, and nothing to the other."""
    needed = {each.name for each in layout.fields if not each.may_be_left_out}
    return any(layout.field(h) in needed and other.field(h) is None for h in table.headings)


def _digest(table: Table) -> str:
    keys = "\n".join(map(heading_key, table.headings))
    return hashlib.sha256(keys.encode()).hexdigest()


def _guess_addresses(columns: list[str], table: Table) -> None:
    for at, column in enumerate(columns):
        values = _values(table, at)
        if not column and values and sum("@" in each for each in values) * 2 > len(values):
            columns[at] = "email"
            return


def _guess_full_names(columns: list[str], table: Table) -> None:
    if "first_name" in columns and "last_name" in columns:
        together = {FIRST_NAME_FIRST.name}
        columns[:] = [LEFT_ASIDE if each in together else each for each in columns]
    elif "first_name" not in columns and columns.count("last_name") == 1:
        at = columns.index("last_name")
        values = _values(table, at)
        if values and sum(len(each.split()) > 1 for each in values) * 2 > len(values):
            columns[at] = FIRST_NAME_FIRST.name


def _values(table: Table, at: int) -> Sequence[str]:
    """What stands in a column of the first lines, blanks left out."""
    lines = [line.cells or () for line in table.lines[:LOOKED_AT]]
    return [cells[at] for cells in lines if at < len(cells) and cells[at].strip()]
