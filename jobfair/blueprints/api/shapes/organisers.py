"""What the team reads: companies with their links, alerts, messages, figures."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.accounts import Account
from jobfair.blueprints.api.shapes.common import Moment, Shape
from jobfair.blueprints.api.shapes.companies import Profile
from jobfair.domain.state import CompanyStatus


class Company(Profile):
    """A company as the team sees it; `max_queue_size` null is no limit.

    `access_token` is the secret of its link, `contact` the address that it is mailed to; both are
    null for whom may not manage companies. `asks_pin` says whether the link asks for a PIN,
    `link_opened_at` when it was first opened, `has_left` whether the stand left before the end.
    """

    id: int
    name: str
    stand: str | None
    status: CompanyStatus
    max_concurrent_interviews: int
    max_queue_size: int | None
    hall: str | None
    contact: str | None
    access_token: str | None
    asks_pin: bool
    link_opened_at: Moment | None
    queue_open: bool
    has_left: bool
    current_interview_count: int
    queue_count: int
    created_at: Moment


class CompanyLink(Shape):
    access_token: str
    access_url: str


class Member(Account):
    """Somebody of the team.

    `last_sign_in_at` is null for never; `invited_until` is when the link of somebody ends who has
    not used it.
    """

    created_at: Moment
    last_sign_in_at: Moment | None
    invited_until: Moment | None


class InvitedMember(Member):
    """Somebody invited; `mailed` says whether the link went out by mail too."""

    access_url: str
    mailed: bool


class Overview(Shape):
    """The fair in figures; `active_students` counts enabled accounts."""

    total_students: int
    active_students: int
    students_in_interview: int
    total_companies: int
    recruiting_companies: int
    total_queue_entries: int
    completed_interviews: int


class Unmet(Shape):
    """How many of those who waited at `made_at` will not be met before the fair closes.

    In eight of ten plays of the rest of the day they are between `low` and `high`. `more` of them
    would be met by one seat more, null where too few.
    """

    waiting: int
    unmet: int
    low: int
    high: int
    more: int | None
    closes_at: Moment
    made_at: Moment


class Alert(Shape):
    """What somebody of the team should look at. `id` is what taking it on names.

    `kind` is idle, late, stuck, long, server or unmet. The entry and its student are null of a
    queue that is stuck or unmet, and `forecast` of all but the last; a server that is told of
    events no more has `webhook` and `host`, and no company. `taken_by` is the address of who has
    taken it on, null while nobody has.
    """

    id: str
    kind: str
    since: Moment
    company: int | None
    company_name: str | None
    stand: str | None
    hall: str | None
    entry: int | None
    student: int | None
    student_name: str | None
    webhook: int | None
    host: str | None
    forecast: Unmet | None
    taken_by: str | None
    taken_at: Moment | None


class SentMessage(Shape):
    """A message of the organisers: to everyone, to those who waited at a company, or to a student.

    `students` is how many students got it, null where everyone did.
    """

    id: int
    at: Moment
    audience: str
    text: str
    company: int | None
    student: int | None
    students: int | None
    withdrawn: bool


class InterviewFigures(Shape):
    """Interviews by what became of them; lengths and waits are in seconds, null where none are.

    `given_up` are places left without any interview, `no_shows` calls to which nobody came;
    `completion_rate`, from 0 to 1, is of what has ended: done, broken off or given up.
    """

    done: int
    broken_off: int
    running: int
    given_up: int
    no_shows: int
    completion_rate: float | None
    mean_length: int | None
    median_length: int | None
    mean_wait: int | None
    median_wait: int | None
