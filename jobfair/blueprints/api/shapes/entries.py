"""A student's own places, and what they show of themselves."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.accounts import Student
from jobfair.blueprints.api.shapes.common import Moment, Shape, StatusSet, Words
from jobfair.blueprints.api.shapes.companies import CompanyOfEntry, NamedCompany
from jobfair.domain.state import CompanyStatus, StudentStatus


class OwnEntry(Shape):
    """An entry as its student sees it; `wait_minutes` is from and to, null while it is a guess.

    `unlikely` says that it will hardly be reached before the fair closes: below one in five.

    `set_aside` waits for its student to say that they are here. Of a call: its turn, since when,
    whether they said that they are coming, until when nobody who returns ahead takes it, and when
    it runs out if nobody answers. A start can be taken back until `undo_until`. `position` and
    `ahead_count` are null in a fair by lot until it opens.
    """

    id: int
    company: CompanyOfEntry
    position: int | None
    is_completed: bool
    created_at: Moment
    completed_at: Moment | None
    can_start: bool
    ahead_count: int | None
    reason: str
    wait_minutes: tuple[int, int] | None
    unlikely: bool
    set_aside: bool
    turn: int | None
    called_at: Moment | None
    coming: bool
    held_until: Moment | None
    runs_out_at: Moment | None
    started_at: Moment | None
    undo_until: Moment | None


class StudentAndEntries(Student):
    """A student and their entries in every queue; each `reason` is as they read it."""

    entries: list[OwnEntry]


class NewEntry(Shape):
    """An entry just made; `company` and `student` are ids. `position` and `ahead_count` are null in
    a fair by lot until it opens."""

    id: int
    company: int
    student: int
    position: int | None
    is_completed: bool
    created_at: Moment
    can_start: bool
    ahead_count: int | None
    reason: str


class Started(StatusSet):
    """`status` is the student's, `company` the company's name."""

    company: str


class Opportunity(Shape):
    queue_id: int
    company_id: int
    company_name: str
    stand: str | None
    hall: str | None
    company_status: CompanyStatus
    position: int | None
    can_start: bool
    ahead_count: int | None
    reason: str


class Opportunities(Shape):
    """Where a student may start now, then where they wait; done entries are left out."""

    student_status: StudentStatus
    can_start_any: bool
    opportunities: list[Opportunity]


class Introduction(Shape):
    """What a student shows a company; null is what they do not show."""

    studies: str | None
    year: str | None
    seeking: Words
    sentence: str | None
    link: str | None
    email: str | None


class OwnIntroduction(Shape):
    """What a student has written for companies, and whether they see it.

    `shown` is null until the student has chosen; a school's list may have filled some of it.
    """

    studies: str | None
    year: str | None
    seeking: Words
    sentence: str | None
    link: str | None
    shows_email: bool
    shown: bool | None


class CompanyMet(Shape):
    """A company that a student met, and their own note about it.

    `link` is the company's own, `completed_at` is null while the interview runs.
    """

    queue_id: int
    company: NamedCompany
    link: str | None
    started_at: Moment | None
    completed_at: Moment | None
    note: str | None
