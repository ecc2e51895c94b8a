"""Removing the students of a past fair and everything they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from jobfair import clock
from jobfair.db import remains
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import FairPurged, kind
from jobfair.models import (
    Company,
    Entry,
    IdempotencyKey,
    JournalRow,
    Role,
    SecurityLogRow,
    SignIn,
    Student,
    User,
)
from jobfair.queries.admin import retention
from jobfair.unit_of_work import actors, reset
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

PATIENCE_MS = 5000


@dataclass(frozen=True, slots=True)
class Removal:
    """How many of each a purge removes."""

    students: int
    entries: int
    sign_ins: int
    journal_rows: int
    companies: int

    def __bool__(self) -> bool:
        return any((self.students, self.entries, self.sign_ins, self.journal_rows, self.companies))


def quiet_for() -> timedelta | None:
    """The time since anything happened at the fair; None when nothing ever did."""
    with read_transaction() as connection:
        last = connection.execute(select(func.max(JournalRow.at))).scalar()
    return None if last is None else clock.now() - last


def preview(everything: bool) -> Removal:
    """What `purge` would remove now."""
    with read_transaction() as connection:
        return _count(connection, everything)


def purge(everything: bool) -> Removal:
    """Remove students, their accounts, entries and sign-ins, and the journal.

    Companies stay, with their links and empty queues, unless `everything` goes; admins stay.
    Journal numbers and ids are not given out again. Returns what was removed.
    """
    with write_transaction(actors.SYSTEM) as work:
        return _purge(work, everything)


def purge_if_due() -> Removal | None:
    """Remove the students' data if the retention period is over. Returns None if it is not."""
    if not retention.retention_period().is_due:
        return None
    with write_transaction(actors.SYSTEM) as work:
        # Another worker, or an organiser, may have been faster.
        return (
            _purge(work, everything=False)
            if retention.retention_period_of(work.connection).is_due
            else None
        )


def _purge(work: UnitOfWork, everything: bool) -> Removal:
    connection = work.connection
    removal = _count(connection, everything)
    connection.execute(delete(JournalRow))
    connection.execute(delete(SignIn).where(_over_or_a_students()))
    connection.execute(delete(IdempotencyKey))
    connection.execute(delete(SecurityLogRow).where(SecurityLogRow.user_id.is_(None)))
    # Takes their students, entries, sign-ins and the notes about them along.
    connection.execute(delete(User).where(User.role == Role.STUDENT))
    if everything:
        connection.execute(delete(Company))
    else:
        connection.execute(update(Company).values(waiting=0, running=0, last_position=0))
    # The next fair has an end of its own.
    work.set_fair(ends_on=None, closed_at=None)
    reset.record(work, FairPurged(removal.students, removal.companies), work.number + 1)
    return removal


def wipe() -> bool:
    """Overwrite removed rows in SQLite's files, where they could still be read.

    Returns False when the database is too busy now. PostgreSQL needs no such call.
    """
    return remains.wipe(PATIENCE_MS)


def _count(connection: Connection, everything: bool) -> Removal:
    def count(model: Any, *conditions: Any) -> int:
        query = select(func.count()).select_from(model).where(*conditions)
        return connection.execute(query).scalar_one()

    return Removal(
        students=count(Student),
        entries=count(Entry),
        sign_ins=count(SignIn, _over_or_a_students()),
        journal_rows=count(JournalRow, JournalRow.kind != kind(FairPurged)),
        companies=count(Company) if everything else 0,
    )


def _over_or_a_students() -> Any:
    students = select(User.id).where(User.role == Role.STUDENT)
    return or_(
        SignIn.user_id.in_(students),
        SignIn.ended_at.is_not(None),
        SignIn.expires_at <= clock.now(),
    )
