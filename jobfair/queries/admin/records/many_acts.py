"""What was done to many companies at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from jobfair.db.transactions import read_transaction
from jobfair.domain.events import ManyChanged, kind, restore
from jobfair.exceptions import NotFound
from jobfair.models import JournalRow
from jobfair.queries.admin import name_lookup


def done(number: int) -> ManyChanged:
    """What was done, or taken back, by its journal number. Raises NotFound."""
    with read_transaction() as connection:
        event = events(connection, [number]).get(number)
    if not isinstance(event, ManyChanged):
        raise NotFound("act")
    return event


def was_undone(number: int) -> bool:
    """Whether an act was taken back already."""
    later = (JournalRow.number > number, JournalRow.kind == kind(ManyChanged))
    with read_transaction() as connection:
        rows = connection.execute(select(JournalRow.data).where(*later)).scalars()
        return any(each["undoes"] == number for each in rows)


def students_left(event: ManyChanged) -> list[str]:
    """The names of the students who were left; the journal has their ids. Deleted students are
    missing."""
    ids = [int(each) for each in event.left if each.isdecimal()]
    with read_transaction() as connection:
        names = name_lookup.students(connection, ids)
    return [names[each] for each in ids if each in names]


def events(connection: Connection, numbers: Sequence[int]) -> dict[int, Any]:
    """The events with these journal numbers; those that are gone are left out."""
    rows = connection.execute(
        select(JournalRow.number, JournalRow.kind, JournalRow.data).where(
            JournalRow.number.in_(numbers)
        )
    )
    return {row[0]: restore(row[1], row[2]) for row in rows}
