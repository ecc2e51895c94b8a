"""A student's own notes about the companies they met. They are in no event and in no log."""

from __future__ import annotations

from sqlalchemy import delete, insert, or_, select, update

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.models import DONE, RUNNING, Entry, OwnNote
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import write_transaction


def write(actor: Actor, company_id: int, text: str) -> Refusal | None:
    """Store a student's note about a company; an empty text deletes it.

    Returns `not_met` for a company where they have had no interview.
    """
    pair = {"student_id": actor.student_id, "company_id": company_id}
    met = select(Entry.id).filter_by(**pair).where(or_(RUNNING, DONE))
    with write_transaction(actor) as work:
        if work.connection.execute(met).first() is None:
            return Refusal(RequestCode.NOT_MET)
        this = [getattr(OwnNote, name) == value for name, value in pair.items()]
        if not text:
            work.connection.execute(delete(OwnNote).where(*this))
            return None
        values = {"text": text, "updated_at": work.at}
        if not work.connection.execute(update(OwnNote).where(*this).values(values)).rowcount:
            work.connection.execute(insert(OwnNote).values(values | pair))
    return None
