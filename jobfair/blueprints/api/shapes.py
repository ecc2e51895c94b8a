"""What the JSON interface answers: its shapes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from typing_extensions import TypedDict

from jobfair.domain.state import CompanyStatus, DoorSign, StudentStatus
from jobfair.fields.company_profiles import words
from jobfair.models import Role, Verdict

Moment = Annotated[datetime, AfterValidator(lambda at: at.astimezone(UTC))]
"""An aware time; in JSON it is ISO 8601 in UTC with `Z`."""


Words = Annotated[list[str] | None, BeforeValidator(lambda kept: list(words(kept)) or None)]
"""A list that is kept as text."""


class Shape(BaseModel):
    """The base of every answer."""

    model_config = ConfigDict(frozen=True)


class Problem(Shape):
    """Why a call was not carried out; `errors` holds a sentence for each field that is wrong."""

    detail: str
    errors: dict[str, str] | None = None
    code: str


class Message(Shape):
    message: str


class StatusSet(Message):
    status: str


class Updated(Message):
    updated: int


class QueueSet(Message):
    """`queue_open` says whether students may join."""

    queue_open: bool


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


class NamedCompany(Shape):
    id: int
    name: str


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


class LogoAddresses(Shape):
    """A logo's pictures, as WebP of 96 and 288 pixels."""

    small: str
    large: str


class SignShown(Shape):
    """What a stand says to its own queue; `text` are own words, null with any other sign."""

    sign: DoorSign
    text: str | None
    until: Moment


class ListedCompany(Shape):
    """A company as students look for it, with what it says of itself.

    `queue_count` counts waiting entries.
    """

    id: int
    name: str
    status: CompanyStatus
    max_concurrent_interviews: int
    available_slots: int
    queue_count: int
    queue_open: bool
    stand: str | None
    hall: str | None
    description: str | None
    sectors: Words
    looking_for: Words
    languages: Words
    link: str | None
    logo: LogoAddresses | None
    door_sign: SignShown | None


class CompanyOfEntry(Shape):
    id: int
    name: str
    stand: str | None
    hall: str | None
    status: CompanyStatus
    door_sign: SignShown | None


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


class Called(Shape):
    queue_id: int
    student_id: int
    student_name: str
    position: int


class NextStudents(Shape):
    """Who is callable now, in order."""

    next_students: list[Called]
    count: int


class Completed(Message):
    """`next_available_count` counts who is callable now."""

    student_id: int
    is_completed: bool
    next_available_count: int


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


class Note(Shape):
    """What a stand has written about somebody it met; `text` may be blank."""

    text: str
    verdict: Verdict | None
    next_step: str | None
    updated_at: Moment


class PersonMet(Shape):
    """Somebody whom a stand met, with what they show it now and what it has written.

    `queue_id` is null where the entry was removed afterwards, `completed_at` while the interview
    runs.
    """

    queue_id: int | None
    student: NamedStudent
    started_at: Moment | None
    completed_at: Moment | None
    introduction: Introduction | None
    note: Note | None


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


class QueueRow(TypedDict):
    """An entry as its company sees it.

    `introduction` is null unless the student shows one and is called, in an interview or done.
    Of a call: since when, whether its student said that they are coming, and whether a screen of
    theirs has shown it. Skipped, and keeping their places, are those `set_aside`, who were called
    and did not come, and those `greyed`, who could not come now.
    """

    id: int
    position: int | None
    student: QueuedStudent
    introduction: Introduction | None
    is_completed: bool
    created_at: Moment
    called_at: Moment | None
    coming: bool
    seen: bool
    set_aside: bool
    greyed: bool
    started_at: Moment | None
    completed_at: Moment | None


class CompanyOfStand(Shape):
    id: int
    name: str
    stand: str | None
    hall: str | None
    status: CompanyStatus
    queue_open: bool
    max_concurrent_interviews: int
    current_interview_count: int
    available_slots: int
    door_sign: SignShown | None


class StandStats(Shape):
    total_waiting: int
    available_now: int


class CompanyDashboard(Shape):
    """A company's own view: who is in, who waits in order, who is done with the latest first.

    `undo_until` is until when the end of the last interview can be taken back, null if it cannot.
    """

    company: CompanyOfStand
    in_interview: list[QueueRow]
    waiting: list[QueueRow]
    completed: list[QueueRow]
    stats: StandStats
    undo_until: Moment | None


class Company(Shape):
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
    description: str | None
    sectors: Words
    looking_for: Words
    languages: Words
    link: str | None
    contact: str | None
    access_token: str | None
    asks_pin: bool
    link_opened_at: Moment | None
    logo: LogoAddresses | None
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


class CompanyStatusNow(Shape):
    status: CompanyStatus


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
