"""Accounts that students made themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from jobfair import clock
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import StudentCreated, kind
from jobfair.models import JournalRow, Student

LATELY = timedelta(hours=1)

SELF_MADE = (
    select(JournalRow.student_id)
    .where(JournalRow.kind == kind(StudentCreated), JournalRow.actor == "student")
    .where(JournalRow.student_id == Student.id)
)
"""The students who registered themselves, as the journal says."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many students have registered themselves in all and in the last hour."""

    all: int
    lately: int


def counts() -> Counts:
    """The figures now."""
    registered = select(func.count()).select_from(Student)
    lately = SELF_MADE.where(JournalRow.at >= clock.now() - LATELY)
    with read_transaction() as connection:
        return Counts(
            connection.execute(registered.where(SELF_MADE.exists())).scalar_one(),
            connection.execute(registered.where(lately.exists())).scalar_one(),
        )
