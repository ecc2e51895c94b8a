"""Students with what they are doing, for viewers who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import aliased

from jobfair.db.statements import CompiledStatement
from jobfair.exceptions import NotFound
from jobfair.models import Company, Student, User
from jobfair.queries.views import StudentView

_OF_ACCOUNT = {"email", "address_confirmed_at"}
_BUSY_AT = aliased(Company)
_STUDENTS = (
    select(
        *(
            getattr(User if each.name in _OF_ACCOUNT else Student, each.name)
            for each in fields(StudentView)
            if each.name != "company"
        ),
        _BUSY_AT.id,
        _BUSY_AT.name,
    )
    .join(User, User.id == Student.user_id)
    .outerjoin(_BUSY_AT, _BUSY_AT.id == Student.company_id)
    .order_by(Student.id)
)
ONE_STUDENT = _STUDENTS.where(Student.id == bindparam("student_id"))
_STUDENT = CompiledStatement(ONE_STUDENT)


def student_view(connection: Connection, student_id: int) -> StudentView:
    """One student. Raises NotFound."""
    row = _STUDENT.row(connection, student_id=student_id)
    if row is None:
        raise NotFound("student")
    return student_from(row)


def student_views(connection: Connection, *conditions: Any) -> list[StudentView]:
    """The students that the conditions name, in one statement."""
    return [student_from(row) for row in connection.execute(_STUDENTS.where(*conditions))]


def student_from(row: Sequence[Any]) -> StudentView:
    """The student in a row of `ONE_STUDENT`."""
    *own, company_id, company_name = row
    company = None if company_id is None else (company_id, company_name)
    values: list[Any] = [*own, company]
    return StudentView(*values)
