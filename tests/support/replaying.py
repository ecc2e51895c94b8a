"""The fair as its tables have it, and as replayed from the journal: both must be equal."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select

from jobfair import models
from jobfair.domain.events import restore
from jobfair.domain.evolve import evolve
from jobfair.domain.state import Hall
from jobfair.extensions import db
from jobfair.unit_of_work import loading

OnRow = Callable[[Hall], None]


def stored(connection: Connection) -> Hall:
    """The whole fair as its tables have it, entries that were left included."""
    fair = connection.execute(
        select(models.Fair.phase, models.Fair.revision, models.LOT_SEALED)
    ).one()
    loaded = loading.load(connection, *fair, [loading.LoadSpec(everything=True)])
    hall = Hall(
        *fair[:2], loaded.companies, loaded.students, loaded.entries, lot_sealed=bool(fair[2])
    )
    left = models.Entry.state == "left"
    columns = loading._ENTRY
    rows = connection.execute(select(*columns).where(left))
    hall.put(*(loading.Entry(*row) for row in rows))
    return hall


def replayed(connection: Connection, after_change: OnRow = lambda hall: None) -> Hall:
    """The fair as the rules make it from the journal's rows, one after the other.

    Checks that no number is missing. `after_change` sees the hall after each transition.
    """
    hall = Hall()
    table = models.JournalRow.__table__
    rows = connection.execute(select(table).order_by(table.c.number)).all()
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        assert row.number == hall.number + 1, f"{hall.number + 1} is missing in the journal"
        hall.number = row.number
        evolve(hall, restore(row.kind, row.data), row.number, row.at)
        if following is None or following.change != row.change:
            after_change(hall)
    return hall


def everything(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
        for table in db.metadata.sorted_tables
    }
