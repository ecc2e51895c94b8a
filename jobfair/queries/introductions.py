"""What students show of themselves, to the stands that may see it now (rule 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, and_, case, select

from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.fields.students.introductions import INTRODUCTION, SHOWN, WORDS
from jobfair.models import INTRODUCED, Student, User
from jobfair.queries.views import Introduction

_EMAIL = select(User.email).where(User.id == Student.user_id).scalar_subquery()
_OWN = [Student.__table__.c[each.name] for each in INTRODUCTION]


def _shown_where(condition: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    """The values of an `Introduction`; NULL where its student does not show it."""
    shown = and_(condition, Student.shows_introduction.is_(True))
    words = [case((shown, getattr(Student, each.name))) for each in WORDS]
    return [*words, case((and_(shown, Student.shows_email), _EMAIL))]


TO_STAND = _shown_where(INTRODUCED)
"""For a statement about entries with their students: what the stand of each entry sees."""

TO_ORGANISERS = _shown_where(Student.id.is_not(None))[: len(WORDS)]
"""For a statement about students: what they show any stand, without the address."""

WIDTH = len(fields(Introduction))


def introduction(values: Sequence[Any]) -> Introduction | None:
    """The introduction that these values are of, in the order of `TO_STAND`; None if all are."""
    return Introduction(*values) if any(values) else None


def own(student_id: int) -> dict[str, Any]:
    """What a student has written for stands, and whether they see it. Raises NotFound."""
    query = select(*_OWN, Student.__table__.c[SHOWN]).where(Student.id == student_id)
    with read_transaction() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise NotFound("student")
    return dict(row._mapping)
