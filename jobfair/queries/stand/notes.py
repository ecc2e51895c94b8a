"""The people that a stand met, and its notes: for the stand itself, and for the person
concerned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, union

from jobfair.db.transactions import read_transaction
from jobfair.domain.state import EntryState
from jobfair.fields.input.folding import folded
from jobfair.models import DONE, RUNNING, Company, Entry, Note, Student, Verdict
from jobfair.queries import introductions, search
from jobfair.queries.views import Introduction, StandNote

NO_VERDICT = "none"
"""The value of the filter for those of whom the stand has not said what it thinks."""


@dataclass(frozen=True, slots=True)
class NoteAbout:
    """A note about a student: which company has it, and what it says."""

    company: str
    text: str
    updated_at: datetime
    verdict: Verdict | None = None
    next_step: str | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody whom a stand met. `id` is the entry's, None where it was removed afterwards."""

    student_id: int
    first_name: str
    last_name: str
    id: int | None
    state: EntryState | None
    started_at: datetime | None
    completed_at: datetime | None
    note: StandNote | None
    introduction: Introduction | None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def verdict(self) -> str:
        """The verdict as a value of the filter."""
        return (self.note and self.note.verdict) or NO_VERDICT


def met(company_id: int) -> tuple[Met, ...]:
    """Everybody whom a stand met: who is there now, then the latest first."""
    here = Entry.company_id == company_id
    ids = union(
        select(Entry.student_id).where(here, or_(RUNNING, DONE)),
        select(Note.student_id).where(Note.company_id == company_id),
    )
    entry = here & (Entry.student_id == Student.id) & or_(RUNNING, DONE)
    note = (Note.company_id == company_id) & (Note.student_id == Student.id)
    query = (
        select(*_OWN, *_NOTE, *introductions.TO_STAND)
        .select_from(Student)
        .outerjoin(Entry, entry)
        .outerjoin(Note, note)
        .where(Student.id.in_(ids))
    )
    with read_transaction() as connection:
        found = [_met(row) for row in connection.execute(query)]
    return tuple(sorted(found, key=order))


def order(each: Met) -> tuple[bool, float, int]:
    """The sort key of the list: those who are there now, then the latest first."""
    at = each.completed_at or each.started_at
    return each.state is not EntryState.RUNNING, -at.timestamp() if at else 0, -each.student_id


def chosen(people: Sequence[Met], verdict: str, words: str) -> tuple[Met, ...]:
    """Those with a verdict (all where it is blank) in whose name or note the words are."""
    return tuple(
        each
        for each in people
        if verdict in ("", each.verdict) and search.matches(words, _searched(each))
    )


def about(student_id: int) -> list[NoteAbout]:
    """All stands' notes about one student, by company name.

    Only that student may get them, on request; no page shows them.
    """
    query = (
        select(Company.name, Note.text, Note.updated_at, Note.verdict, Note.next_step)
        .join(Company, Company.id == Note.company_id)
        .where(Note.student_id == student_id)
    )
    with read_transaction() as connection:
        notes = [NoteAbout(*row) for row in connection.execute(query)]
    return sorted(notes, key=lambda each: folded(each.company))


_OWN = (
    Student.id,
    Student.first_name,
    Student.last_name,
    Entry.id,
    Entry.state,
    Entry.started_at,
    Entry.completed_at,
)
_NOTE = tuple(getattr(Note, each.name) for each in fields(StandNote))


def _met(row: Sequence[Any]) -> Met:
    note = row[len(_OWN) : len(_OWN) + len(_NOTE)]
    written = None if note[0] is None else StandNote(*note)
    shown = introductions.introduction(row[-introductions.WIDTH :])
    values: list[Any] = [*row[: len(_OWN)], written, shown]
    return Met(*values)


def _searched(each: Met) -> str:
    note, shown = each.note, each.introduction
    noted = [note.text, note.next_step] if note else []
    introduced = [shown.studies, shown.year, shown.sentence] if shown else []
    return " ".join(filter(None, [each.full_name, *noted, *introduced]))
