"""What students show stands of themselves (rule 16). Its words are in no event and in no log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from jobfair.domain.events import IntroductionChanged
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.input.edits import NOTHING_SEEN, overtaken
from jobfair.fields.students.introductions import INTRODUCTION, SHOWN
from jobfair.models import INTRODUCED, Entry, Student
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

_COLUMNS = [Student.__table__.c[name] for name in (*(each.name for each in INTRODUCTION), SHOWN)]


def change(
    actor: Actor, changes: Mapping[str, Any], seen: Mapping[str, str] = NOTHING_SEEN
) -> Refusal | None:
    """A student changes what stands see of them, or whether they see it (`SHOWN`).

    `seen` has the values that the student saw. Returns `changed_meanwhile` if one has changed
    since. Raises NotFound.
    """
    student_id = actor.student_id
    with write_transaction(actor) as work:
        row = work.connection.execute(select(*_COLUMNS).where(Student.id == student_id)).first()
        if row is None:
            raise NotFound("student")
        before = dict(row._mapping)
        if overtaken(changes, seen, before):
            return Refusal(RequestCode.CHANGED_MEANWHILE)
        after = {**before, **changes}
        changed = tuple(name for name in before if before[name] != after[name])
        if changed:
            own = Student.id == student_id
            work.connection.execute(update(Student).where(own).values(after))
            stands = _stands(work, student_id) if before[SHOWN] or after[SHOWN] else ()
            event = IntroductionChanged(student_id, changed, bool(after[SHOWN]), stands)
            work.record(actor, event)
    return None


def _stands(work: UnitOfWork, student_id: int) -> tuple[int, ...]:
    """The companies whose screens show it."""
    query = select(Entry.company_id).where(Entry.student_id == student_id, INTRODUCED)
    return tuple(work.connection.execute(query.order_by(Entry.company_id)).scalars())
