"""What a stand writes down about somebody it met. No event tells of it; no log holds it."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from jobfair.domain.refusals import Refusal
from jobfair.domain.state import EntryState
from jobfair.exceptions import NotFound, RequestCode
from jobfair.models import Entry, Note
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import write_transaction

MET = (EntryState.RUNNING, EntryState.DONE)


def write(actor: Actor, entry_id: int, text: str) -> Refusal | None:
    """Keep a stand's one note about the student of an entry; a blank one is none.

    Returns `not_met` for somebody who was never in an interview there. Raises NotFound for
    another's entry.
    """
    company_id = actor.company_id
    own = select(Entry.student_id, Entry.state).where(
        Entry.id == entry_id, Entry.company_id == company_id
    )
    with write_transaction(actor) as work:
        entry = work.connection.execute(own).first()
        if entry is None:
            raise NotFound("entry")
        if entry.state not in MET:
            return Refusal(RequestCode.NOT_MET)
        this = (Note.company_id == company_id, Note.student_id == entry.student_id)
        if not text:
            work.connection.execute(delete(Note).where(*this))
            return None
        values = {"text": text, "updated_at": work.at}
        changed = work.connection.execute(update(Note).where(*this).values(values))
        if not changed.rowcount:
            pair = {"company_id": company_id, "student_id": entry.student_id}
            work.connection.execute(insert(Note).values(values | pair))
    return None
