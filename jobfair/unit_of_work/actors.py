"""Who does something, as the journal records it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is student, company, admin or system; `id` the student's, company's or user's."""

    kind: str
    id: int | None = None


SYSTEM = Actor("system")


def student(student_id: int) -> Actor:
    return Actor("student", student_id)


def company(company_id: int) -> Actor:
    return Actor("company", company_id)


def admin(user_id: int) -> Actor:
    return Actor("admin", user_id)
