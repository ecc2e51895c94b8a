"""Messages of the organisers to everyone, to one queue or to one student."""

from __future__ import annotations

from sqlalchemy import select, update

from jobfair.domain.events import Audience, Event, MessageSent, MessageWithdrawn, kind, restore
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound, RequestCode
from jobfair.models import Company, Fair, JournalRow, Student
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed, write_transaction


def to_everyone(actor: Actor, text: str) -> Committed | Refusal:
    """Send a message to every student and every stand."""
    return transact(actor, LoadSpec(), lambda _hall: (MessageSent(Audience.EVERYONE, text),))


def to_queue(actor: Actor, company_id: int, text: str) -> Committed | Refusal:
    """Send a message to all who wait in a company's queue now.

    Returns `nobody_waiting` when there are none. Raises NotFound.
    """

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.known_company(company_id)
        waiting = tuple(entry.student_id for entry in hall.waiting_at(company_id))
        if not waiting:
            return Refusal(RequestCode.NOBODY_WAITING)
        return (MessageSent(Audience.QUEUE, text, company_id, students=waiting),)

    return transact(actor, LoadSpec(companies=(company_id,), whole=True), decide)


def to_student(actor: Actor, student_id: int, text: str) -> Committed | Refusal:
    """Send a message to one student. Raises NotFound."""

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        hall.known_student(student_id)
        return (MessageSent(Audience.STUDENT, text, student_id=student_id, students=(student_id,)),)

    return transact(actor, LoadSpec(student=student_id), decide)


def withdraw(actor: Actor, number: int) -> None:
    """Take back a message, by its journal number: it is gone from every screen but the log.

    Does nothing if it was taken back already. Raises NotFound.
    """
    asked = (JournalRow.number == number, JournalRow.kind == kind(MessageSent))
    with write_transaction(actor) as work:
        row = work.connection.execute(select(JournalRow.data).where(*asked)).scalar()
        if row is None:
            raise NotFound("message")
        if row.get("withdrawn"):
            return
        work.connection.execute(
            update(JournalRow).where(*asked).values(data=row | {"withdrawn": True})
        )
        sent = restore(kind(MessageSent), row)
        assert isinstance(sent, MessageSent)
        concerned = () if sent.company_id is None else (sent.company_id,)
        event = MessageWithdrawn(
            number, sent.audience, sent.company_id, sent.student_id, sent.students
        )
        work.carry_out(actor, work.load(LoadSpec(companies=concerned)), (event,))


def put_away(actor: Actor, number: int) -> None:
    """Put away the messages up to a journal number, for the student who says so.

    Nobody else hears of it, and no log has it. A number beyond the journal's end counts as its
    end: what is still to be said will be shown.
    """
    _put_away(actor, Student, actor.student_id, number)


def put_away_at_stand(actor: Actor, number: int) -> None:
    """The same for a stand, on all of its screens."""
    _put_away(actor, Company, actor.company_id, number)


def _put_away(actor: Actor, holder: type[Student | Company], holder_id: int, number: int) -> None:
    with write_transaction(actor) as work:
        last = min(number, work.connection.execute(select(Fair.revision)).scalar_one())
        work.connection.execute(
            update(holder)
            .where(holder.id == holder_id, holder.messages_read < last)
            .values(messages_read=last)
        )
