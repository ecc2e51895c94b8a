"""A student's own pausing and coming back (rule 4)."""

from __future__ import annotations

from jobfair.domain.events import Event, StudentStatusChanged
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Hall, StudentStatus

_ALREADY = {
    StudentStatus.AVAILABLE: Code.ALREADY_AVAILABLE,
    StudentStatus.PAUSED: Code.ALREADY_PAUSED,
}


def change_status(
    hall: Hall, student_id: int, status: StudentStatus
) -> tuple[Event, ...] | Refusal:
    """A student pauses while available, or returns from a pause; never out of an interview."""
    student = hall.students[student_id]
    if student.status is StudentStatus.IN_INTERVIEW:
        return Refusal(Code.IN_INTERVIEW)
    if student.status is status:
        return Refusal(_ALREADY[status])
    return (StudentStatusChanged(student_id, student.status, status),)
