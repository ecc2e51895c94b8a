"""What a stand reads: its queue, whom it may call, whom it has met."""

from __future__ import annotations

from typing_extensions import TypedDict

from jobfair.blueprints.api.shapes.accounts import NamedStudent, QueuedStudent
from jobfair.blueprints.api.shapes.common import Message, Moment, Shape
from jobfair.blueprints.api.shapes.companies import SignShown
from jobfair.blueprints.api.shapes.entries import Introduction
from jobfair.domain.state import CompanyStatus
from jobfair.models import Verdict


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


class CompanyStatusNow(Shape):
    status: CompanyStatus
