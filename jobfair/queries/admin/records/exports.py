"""Whole tables, read in batches, so that long ones take no more memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import func, select

from jobfair.db.transactions import read_transaction
from jobfair.domain.state import EntryState
from jobfair.fields.companies.companies import FIELDS
from jobfair.fields.students.introductions import WORDS
from jobfair.fields.students.students import NAMES
from jobfair.models import (
    Company,
    Entry,
    Student,
    User,
)
from jobfair.queries import introductions
from jobfair.queries.admin import name_lookup
from jobfair.queries.batches import BATCH, batches
from jobfair.queries.projections.interviews import Interview, every_interview

_CARD = (*(getattr(Student, each.name) for each in NAMES), User.email)
"""The columns of `fields.students.students.CARD`."""


def students() -> Iterator[Any]:
    """Every student with their account, where they are, and how many places they have.

    Of their introductions it has what they show stands, and nothing of what they do not.
    """
    query = (
        select(
            Student.id,
            *_CARD,
            *(
                each.label(field.name)
                for field, each in zip(WORDS, introductions.TO_ORGANISERS, strict=True)
            ),
            Student.status,
            Student.active,
            Company.name.label("company"),
            _entries(EntryState.WAITING, Entry.student_id == Student.id).label("waiting"),
            _entries(
                EntryState.DONE, Entry.student_id == Student.id, Entry.started_at.is_not(None)
            ).label("done"),
            User.created_at,
        )
        .join(User, User.id == Student.user_id)
        .outerjoin(Company, Company.id == Student.company_id)
    )
    for batch in batches(query, Student.id):
        yield from batch


def companies() -> Iterator[Any]:
    """Every company, without the secret of its link."""
    query = select(
        Company.id,
        *(getattr(Company, each.name) for each in FIELDS),
        Company.waiting,
        Company.running,
        Company.created_at,
    )
    for batch in batches(query, Company.id):
        yield from batch


def entries() -> Iterator[Any]:
    """Every entry, also those that were left, with its student and company."""
    query = (
        select(
            Entry.id,
            Company.name.label("company"),
            *_CARD,
            Entry.position,
            Entry.state,
            Entry.aside,
            Entry.created_at,
            Entry.called_at,
            Entry.started_at,
            Entry.completed_at,
        )
        .join(Company, Company.id == Entry.company_id)
        .join(Student, Student.id == Entry.student_id)
        .join(User, User.id == Student.user_id)
    )
    for batch in batches(query, Entry.id):
        yield from batch


def interviews() -> Iterator[tuple[Interview, str | None, str | None]]:
    """Every interview, and its student's name and e-mail address.

    The name is None if it is no longer known, the address if the account was deleted.
    """
    remaining = every_interview()
    while batch := list(islice(remaining, BATCH)):
        ids = {each.student_id for each in batch}
        with read_transaction() as connection:
            names = name_lookup.students(connection, ids)
            emails = name_lookup.emails(connection, ids)
        for each in batch:
            yield each, names.get(each.student_id), emails.get(each.student_id)


def _entries(state: EntryState, *own: Any) -> Any:
    return (
        select(func.count()).select_from(Entry).where(*own, Entry.state == state).scalar_subquery()
    )
