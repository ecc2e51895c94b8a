"""A stand's notes about students it has met. They are in no event and in no log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update

from jobfair.domain.refusals import Refusal
from jobfair.domain.state import EntryState
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.companies.notes import NOTE
from jobfair.models import Entry, Note
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import write_transaction

MET = (EntryState.RUNNING, EntryState.DONE)

_BLANK: Mapping[str, Any] = {each.name: each.default for each in NOTE}
_COLUMNS = [Note.__table__.c[name] for name in _BLANK]


def write(actor: Actor, entry_id: int, changes: Mapping[str, Any]) -> Refusal | None:
    """Store what a stand has written about the student of an entry.

    `changes` may hold `text`, `verdict` and `next_step`; what is left out stays. If all three are
    blank, the note is deleted. Returns `not_met` when the entry has had no interview. Raises
    NotFound for an entry of another stand.
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
        stored = work.connection.execute(select(*_COLUMNS).where(*this)).first()
        after = {**(_BLANK if stored is None else stored._mapping), **changes}
        values = after | {"updated_at": work.at}
        if not any(after.values()):
            work.connection.execute(delete(Note).where(*this))
        elif stored is None:
            pair = {"company_id": company_id, "student_id": entry.student_id}
            work.connection.execute(insert(Note).values(values | pair))
        else:
            work.connection.execute(update(Note).where(*this).values(values))
    return None
