"""Removing the students of a past fair and everything they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, false, func, or_, select, true, update

from jobfair import clock
from jobfair.db import remains
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import FairPurged, kind
from jobfair.domain.state import Phase
from jobfair.models import (
    OF_THE_LOT,
    ApiKey,
    Company,
    Entry,
    IdempotencyKey,
    JournalRow,
    LinkMailing,
    Rehearsal,
    Role,
    SecurityLogRow,
    SignIn,
    Student,
    User,
    WebhookDelivery,
)
from jobfair.ops import backups, paper
from jobfair.queries.admin.fair import retention
from jobfair.unit_of_work import actors, reset
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

PATIENCE_MS = 5000

_OF_THE_PAST = (
    *("starts_on", "ends_on", "opens", "closes", "hours_count_from", "closed_at"),
    *OF_THE_LOT,
)
"""The next fair has days and hours of its own, and opens by lot if somebody says so."""

_OF_A_STAND = [
    "id",
    "name",
    "status",
    "queue_open",
    "slots",
    "queue_limit",
    "paused_with_all",
    "has_left",
]
"""What the rules know of a company that nobody waits for."""


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
        return _count(connection, _going(everything))


def purge(everything: bool, by: Actor = actors.SYSTEM) -> Removal:
    """Remove students, their accounts, entries and sign-ins, and the journal.

    Companies stay, with their links and empty queues, unless `everything` goes; admins stay.
    The next fair is in preparation, and its days and hours are not known yet. Journal numbers and
    ids are not given out again. Returns what was removed.
    """
    with write_transaction(actors.SYSTEM) as work:
        return remove_past(work, by, _going(everything))


def purge_if_due() -> Removal | None:
    """Remove the students' data if the retention period is over. Returns None if it is not."""
    if not retention.retention_period().is_due:
        return None
    with write_transaction(actors.SYSTEM) as work:
        # Another worker, or an organiser, may have been faster.
        return (
            remove_past(work, actors.SYSTEM, _going(everything=False))
            if retention.retention_period_of(work.connection).is_due
            else None
        )


def remove_past(work: UnitOfWork, by: Actor, going: ColumnElement[bool]) -> Removal:
    """The same in the caller's transaction, with the companies of which `going` is true."""
    connection = work.connection
    removal = _count(connection, going)
    connection.execute(delete(JournalRow))
    connection.execute(delete(SignIn).where(_over_or_a_students()))
    # Takes the mails along: to whom they went, and when.
    connection.execute(delete(LinkMailing))
    connection.execute(delete(IdempotencyKey))
    # What other servers were told of the people who go.
    connection.execute(delete(WebhookDelivery))
    # They name no person, but were of the fair that is over. One that runs finds itself cancelled.
    connection.execute(delete(Rehearsal))
    # The log that named them goes; those that work stay, as their makers do.
    connection.execute(delete(ApiKey).where(ApiKey.withdrawn_at.is_not(None)))
    connection.execute(delete(SecurityLogRow).where(SecurityLogRow.user_id.is_(None)))
    # Takes their students, entries, sign-ins and the notes about them along.
    connection.execute(delete(User).where(User.role == Role.STUDENT))
    connection.execute(delete(Company).where(going))
    connection.execute(update(Company).values(waiting=0, running=0, last_position=0))
    work.set_fair(phase=Phase.PREPARING, **dict.fromkeys(_OF_THE_PAST))
    purged = FairPurged(removal.students, removal.companies, _stands(connection))
    reset.record(work, by, purged, work.number + 1)
    return removal


def _stands(connection: Connection) -> tuple[dict[str, Any], ...]:
    """The companies that stay, as the journal of the next fair begins with them."""
    columns = [Company.__table__.c[each] for each in _OF_A_STAND]
    rows = connection.execute(select(*columns).order_by(Company.id))
    return tuple(dict(row) for row in rows.mappings())


def wipe() -> bool:
    """Overwrite removed rows in SQLite's files, where they could still be read.

    Returns False when the database is too busy now. PostgreSQL needs no such call.
    """
    return remains.wipe(PATIENCE_MS)


def remaining_copies() -> list[Path]:
    """The folders that still hold the same data; somebody has to remove it by hand."""
    copies = {
        backups.default_folder(): backups.written_in,
        paper.default_folder(): paper.written_in,
    }
    return [folder for folder, written_in in copies.items() if written_in(folder)]


def _going(everything: bool) -> ColumnElement[bool]:
    return true() if everything else false()


def _count(connection: Connection, going: ColumnElement[bool]) -> Removal:
    def count(model: Any, *conditions: Any) -> int:
        query = select(func.count()).select_from(model).where(*conditions)
        return connection.execute(query).scalar_one()

    return Removal(
        students=count(Student),
        entries=count(Entry),
        sign_ins=count(SignIn, _over_or_a_students()),
        journal_rows=count(JournalRow, JournalRow.kind != kind(FairPurged)),
        companies=count(Company, going),
    )


def _over_or_a_students() -> Any:
    students = select(User.id).where(User.role == Role.STUDENT)
    return or_(
        SignIn.user_id.in_(students),
        SignIn.ended_at.is_not(None),
        SignIn.expires_at <= clock.now(),
    )
