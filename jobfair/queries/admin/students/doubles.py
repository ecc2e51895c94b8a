"""Accounts that may belong to one person who has registered twice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.domain.decisions.doubles import addresses_alike, names_alike, same_name
from jobfair.fields.input.emails import folded as folded_address
from jobfair.fields.input.folding import folded
from jobfair.models import Student, User
from jobfair.queries.admin import roster
from jobfair.queries.views import StudentView

MOST = 3


@dataclass(frozen=True, slots=True)
class Double:
    """An account that may be the same person's: by the name itself, or one near it, and by an
    address near theirs."""

    student: StudentView
    same_name: bool
    near_address: bool


def may_be(student: StudentView) -> list[Double]:
    """The other accounts that may be this student's, the likeliest first."""
    own = folded(student.full_name)
    query = (
        select(Student.id, Student.first_name, Student.last_name, User.email)
        .join(User, User.id == Student.user_id)
        .where(Student.id != student.id)
        .order_by(Student.id)
    )
    with read_transaction() as connection:
        rows = connection.execute(query).all()
    alike = []
    for student_id, first_name, last_name, email in rows:
        name = folded(f"{first_name} {last_name}")
        near = addresses_alike(student.email, email)
        if near or names_alike(own, name):
            alike.append((same_name(own, name), near, student_id))
    alike.sort(key=lambda each: (not each[0], not each[1]))
    return [Double(roster.student(each), same, near) for same, near, each in alike[:MOST]]


def by_address(email: str) -> int | None:
    """The student with this address; None where there is none."""
    query = (
        select(Student.id)
        .join(User, User.id == Student.user_id)
        # PostgreSQL takes no NUL in a text.
        .where(User.email == folded_address(email.replace("\0", "")))
    )
    with read_transaction() as connection:
        return connection.execute(query).scalar()
