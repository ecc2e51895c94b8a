"""Reading the journal in its own order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam, func, or_, select

from jobfair.catalogue.records import JournalRecord
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit, read_transaction
from jobfair.extensions import PerApp
from jobfair.models import Fair, JournalRow

T = TypeVar("T")

_COLUMNS = [JournalRow.__table__.c[name] for name in JournalRecord.__slots__]
# Every process runs it after every change. With nothing new it gives one row without a record.
_SINCE = CompiledStatement(
    select(Fair.revision, *_COLUMNS)
    .outerjoin(JournalRow, JournalRow.number > bindparam("given"))
    .order_by(JournalRow.number)
)


_derived: list[PerApp[Any]] = []


def derived(make: Callable[[], T]) -> PerApp[T]:
    """Declare a value that each app computes from the journal, by `make`.

    It is forgotten when the journal loses rows.
    """
    each = PerApp(make)
    _derived.append(each)
    return each


def forget_derived() -> None:
    """Forget all such values of the current app, because its journal has lost rows."""
    for each in _derived:
        each.forget()


def since(number: int) -> tuple[int, list[JournalRecord]]:
    """The journal's newest number, and its rows after `number`, oldest first.

    The newest number is below `number` when the journal has lost rows.
    """
    with autocommit() as connection:
        found = _SINCE.rows(connection, given=number)
    records = [JournalRecord(*record) for _, *record in found if record[0] is not None]
    return found[0][0], records


def between(
    first: int, last: int, limit: int, student_id: int | None, company_ids: Collection[int]
) -> list[JournalRecord]:
    """The rows numbered `first` to `last`, oldest first; at most `limit` of them.

    With `student_id`, only rows about that student, about one of `company_ids`, or about no
    student and no company.
    """
    query = (
        select(*_COLUMNS)
        .where(JournalRow.number.between(first, last))
        .order_by(JournalRow.number)
        .limit(limit)
    )
    if student_id is not None:
        general = JournalRow.company_id.is_(None) & JournalRow.student_id.is_(None)
        queues = JournalRow.company_id.in_(company_ids)
        query = query.where(or_(JournalRow.student_id == student_id, queues, general))
    with read_transaction() as connection:
        return [JournalRecord(*row) for row in connection.execute(query)]


def recent(since: datetime, kinds: Collection[str], limit: int = 2000) -> list[JournalRecord]:
    """The rows of these kinds from a time on, oldest first, among the newest `limit` rows."""
    newest = select(Fair.revision).scalar_subquery()
    query = (
        select(*_COLUMNS)
        .where(JournalRow.number > newest - limit, JournalRow.at >= since)
        .where(JournalRow.kind.in_(kinds))
        .order_by(JournalRow.number)
    )
    with read_transaction() as connection:
        return [JournalRecord(*row) for row in connection.execute(query)]


def span() -> tuple[int, int]:
    """The numbers of the oldest row still kept and of the newest ever written."""
    with read_transaction() as connection:
        oldest = connection.execute(select(func.min(JournalRow.number))).scalar()
        newest = connection.execute(select(Fair.revision)).scalar_one()
    return (newest + 1 if oldest is None else oldest), newest
