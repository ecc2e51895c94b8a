"""Accounts and students, as sign-ins and their owners read them."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from jobfair.blueprints.api.shapes.common import Moment, Shape
from jobfair.blueprints.api.shapes.companies import NamedCompany
from jobfair.domain.state import StudentStatus
from jobfair.models import Role


class Account(Shape):
    id: int
    email: str
    role: Role


class BriefStudent(Shape):
    id: int
    first_name: str
    last_name: str
    status: StudentStatus


# The rows of a queue, which may be a thousand, are no models: each would be two objects more.


class QueuedStudent(TypedDict):
    """A student in a row of a queue."""

    id: int
    first_name: str
    last_name: str
    status: StudentStatus


class Registered(Account):
    """An account just made; until `address_confirmed` it joins no queue, where mail is set up."""

    student: BriefStudent
    address_confirmed: bool


class SignedIn(Account):
    """Who asks; `student` is null for the team."""

    user: Account
    student: BriefStudent | None


class Tokens(Shape):
    access: str
    refresh: str


class Device(Shape):
    """A place where the user is signed in; `last_seen_at` is right to half an hour."""

    id: int
    name: str
    created_at: Moment
    last_seen_at: Moment
    current: bool


class OwnData(Shape):
    """What is stored about one student, as the database has it; `about` says what each is.

    `fair` is what the fair is called.
    """

    fair: str
    about: dict[str, list[str]]
    account: dict[str, Any]
    entries: list[dict[str, Any]]
    favourites: list[dict[str, Any]]
    own_notes: list[dict[str, Any]]
    sign_ins: list[dict[str, Any]]
    security_log: list[dict[str, Any]]
    personal_links: list[dict[str, Any]]
    push_subscriptions: list[dict[str, Any]]
    pushes: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    history: list[dict[str, Any]]


class NamedStudent(Shape):
    id: int
    first_name: str
    last_name: str


class Student(Shape):
    """A student as they and the organisers see them; `active` is false once deactivated."""

    id: int
    user: Account
    first_name: str
    last_name: str
    full_name: str
    status: StudentStatus
    current_company: NamedCompany | None
    address_confirmed: bool
    active: bool
