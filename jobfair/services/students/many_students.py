"""The acts on many students at once; see `many_at_once`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Connection, select

from jobfair.db import remains
from jobfair.domain.decisions import overrides
from jobfair.domain.events import (
    Audience,
    Event,
    InterviewStarted,
    Left,
    ManyAct,
    MessageSent,
    StudentDeactivated,
    StudentDeleted,
    StudentEdited,
    StudentReactivated,
    StudentStatusChanged,
)
from jobfair.domain.refusals import Refusal
from jobfair.models import Student
from jobfair.queries.admin import name_lookup
from jobfair.services import many_at_once
from jobfair.services.access import sign_ins
from jobfair.services.many_at_once import Batch, Kind, Subject
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec


def carry_out(
    actor: Actor, act: ManyAct, student_ids: Sequence[int], asked_at: int, value: str | None = None
) -> int:
    """Do the same to many students; `value` is the message.

    Returns the number of the `ManyChanged`; see `many_at_once.carry_out`. It keeps the ids of those
    who are left, and not their names, which go with them.
    """
    number = many_at_once.carry_out(actor, STUDENTS, act, student_ids, asked_at, value)
    if act is ManyAct.REMOVE:
        remains.empty_log()
    return number


def undo(actor: Actor, number: int) -> int:
    """Take an act back, by its number; see `many_at_once.undo`. Raises NotFound."""
    return many_at_once.undo(actor, STUDENTS, number)


def _load(_connection: Connection, _act: ManyAct, together: tuple[int, ...]) -> list[LoadSpec]:
    return [LoadSpec(student=each, spread=True) for each in together]


def _set_active(active: bool) -> Callable[[Batch, int], tuple[Event, ...]]:
    return lambda batch, student_id: overrides.set_active(batch.hall, student_id, active)


def _active_before(
    batch: Batch, event: StudentDeactivated | StudentReactivated
) -> tuple[Event, ...]:
    was_active = isinstance(event, StudentDeactivated)
    return overrides.set_active(batch.hall, event.student_id, was_active)


def _sign_out(batch: Batch, student_ids: Sequence[int]) -> None:
    """End the sign-ins of those who are not active now."""
    inactive = [each for each in student_ids if not batch.hall.students[each].active]
    users = select(Student.user_id).where(Student.id.in_(inactive))
    for user_id in batch.work.connection.execute(users).scalars().all():
        sign_ins.end_all(batch.work, batch.actor, user_id)


def _take_out(batch: Batch, student_id: int) -> tuple[Event, ...]:
    waiting = [each.id for each in batch.hall.entries_by(student_id) if each.waiting]
    removed = [overrides.remove_entry(batch.hall, each) for each in sorted(waiting)]
    return tuple(event for events in removed if not isinstance(events, Refusal) for event in events)


def _write_to(batch: Batch, student_id: int) -> tuple[Event, ...]:
    to = (student_id,)
    return (MessageSent(Audience.STUDENT, batch.value, student_id=student_id, students=to),)


def _remove(batch: Batch, student_id: int) -> tuple[Event, ...]:
    names = name_lookup.students(batch.work.connection, [student_id])
    return overrides.delete_student(batch.hall, student_id, names[student_id])


_ACTIVE = (StudentDeactivated, StudentReactivated)
_AT_WORK_ON = (
    *_ACTIVE,
    StudentEdited,
    StudentStatusChanged,
    InterviewStarted,
)
"""Students who are not removed, as a stand is with them now."""

_KINDS: Mapping[ManyAct, Kind] = MappingProxyType(
    {
        ManyAct.DEACTIVATE: Kind(_set_active(False), _ACTIVE, _ACTIVE, _active_before, _sign_out),
        ManyAct.REACTIVATE: Kind(_set_active(True), _ACTIVE, _ACTIVE, _active_before, _sign_out),
        ManyAct.TAKE_OUT: Kind(_take_out, Left, (InterviewStarted,)),
        ManyAct.WRITE: Kind(_write_to, MessageSent),
        ManyAct.REMOVE: Kind(_remove, StudentDeleted, _AT_WORK_ON),
    }
)

STUDENTS = Subject(
    _KINDS,
    "student_id",
    lambda hall: hall.students,
    _load,
    lambda _hall, student_id: str(student_id),
)
