"""A stand's notes about students it has met. They are in no event and in no log."""

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
    """Store a stand's note about the student of an entry; an empty text deletes the note.

    Returns `not_met` when the entry has had no interview. Raises NotFound for an entry of
    another stand.
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
