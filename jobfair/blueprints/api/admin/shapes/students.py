"""What the calls about students' accounts answer."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.accounts import Student
from jobfair.blueprints.api.shapes.common import Moment, Shape


class IssuedPassword(Shape):
    """A password that its student changes at the first sign-in; it ends after three days."""

    password: str


class Guest(Shape):
    """A student who has no password yet; `invited_at` is when their living link was made."""

    student_id: int
    first_name: str
    last_name: str
    email: str
    invited_at: Moment | None


class PersonalLink(Shape):
    """A link by which a student chooses a password."""

    student_id: int
    first_name: str
    last_name: str
    email: str
    access_url: str


class Double(Shape):
    """An account that may be the same person's, and why."""

    student: Student
    same_name: bool
    near_address: bool


class Removable(Shape):
    """The accounts that would be removed, and how many would be kept, with why.

    `waiting` counts the places in queues that would be lost.
    """

    student_ids: list[int]
    waiting: int
    with_interview: int
    not_self_made: int
