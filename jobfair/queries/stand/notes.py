"""The notes of stands: for the stand itself, and for the student they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from jobfair.db.transactions import read_transaction
from jobfair.fields.folding import folded
from jobfair.models import (
    Company,
    Entry,
    Note,
    Student,
)
from jobfair.queries.batches import batches


@dataclass(frozen=True, slots=True)
class NoteAbout:
    """A note about a student: which company has it, and its text."""

    company: str
    text: str
    updated_at: datetime


def of_company(company_id: int) -> Iterator[Any]:
    """Every note of a stand, with its student and the times of their interview."""
    query = (
        select(
            Note.student_id,
            Student.first_name,
            Student.last_name,
            Entry.started_at,
            Entry.completed_at,
            Note.text,
            Note.updated_at,
        )
        .join(Student, Student.id == Note.student_id)
        .outerjoin(
            Entry,
            and_(
                Entry.company_id == Note.company_id,
                Entry.student_id == Note.student_id,
                Entry.state != "left",
            ),
        )
        .where(Note.company_id == company_id)
    )
    for batch in batches(query, Note.student_id):
        yield from batch


def about(student_id: int) -> list[NoteAbout]:
    """All stands' notes about one student, by company name.

    Only that student may get them, on request; no page shows them.
    """
    query = (
        select(Company.name, Note.text, Note.updated_at)
        .join(Company, Company.id == Note.company_id)
        .where(Note.student_id == student_id)
    )
    with read_transaction() as connection:
        notes = [NoteAbout(*row) for row in connection.execute(query)]
    return sorted(notes, key=lambda each: folded(each.company))
