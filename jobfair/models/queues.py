"""Who waits where: the entries of all queues, and the conditions of their statements."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    false,
    literal_column,
    or_,
)
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.domain.state import EntryState, Presence
from jobfair.extensions import db
from jobfair.models.base import UTCDateTime, partial_index, stored_enum
from jobfair.models.stored_data import Data, Held


class Entry(db.Model):
    """One student's place in one queue; its id is the journal number of its join. It has no
    position before it is drawn in a fair by lot."""

    __tablename__ = "entries"

    holds: ClassVar[Held] = {
        Data.PLACES: (
            "position state aside presence reminded told_soon slot created_at called_at seen "
            "coming_at held_until overtaken started_at completed_at"
        ),
        Data.NOTHING: "id company_id student_id turn ended",
    }

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    company_id: Mapped[int] = mapped_column(ForeignKey("companies.id", ondelete="CASCADE"))
    student_id: Mapped[int] = mapped_column(
        ForeignKey("students.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int | None]
    state: Mapped[EntryState] = mapped_column(stored_enum(EntryState))
    aside: Mapped[bool] = mapped_column(default=False)
    presence: Mapped[Presence] = mapped_column(stored_enum(Presence))
    reminded: Mapped[bool] = mapped_column(default=False)
    told_soon: Mapped[bool] = mapped_column(default=False)
    turn: Mapped[int | None]
    slot: Mapped[int | None]
    ended: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    called_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    seen: Mapped[bool] = mapped_column(default=False)
    coming_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    held_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    overtaken: Mapped[bool] = mapped_column(default=False, server_default=false())
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


# Literals, not parameters: SQLite uses a partial index only for a query that repeats its
# condition word for word, and PostgreSQL then knows how many rows match.
WAITING = Entry.state == literal_column("'waiting'")
RUNNING = Entry.state == literal_column("'running'")
DONE = Entry.state == literal_column("'done'")
NOT_LEFT = Entry.state != literal_column("'left'")
CALLED = Entry.turn.is_not(None)
INTRODUCED = or_(CALLED, RUNNING, DONE)
"""Where a stand sees what the student shows of themselves (rule 16)."""

BY_POSITION = Entry.position.nulls_last()
"""The order of a queue; entries without a position yet come last, as the databases differ there.
"""

# Equalities only, so that one index leads to the head of either list without visiting the
# entries that are skipped.
_IN_LINE = and_(WAITING, Entry.aside.is_(False))
READY = and_(_IN_LINE, Entry.presence == Presence.AVAILABLE)
AWAY = and_(_IN_LINE, Entry.presence == Presence.PAUSED)
Index(
    "ix_entries_head",
    Entry.company_id,
    Entry.state,
    Entry.aside,
    Entry.presence,
    Entry.position,
)

Entry.__table__.append_constraint(UniqueConstraint(Entry.company_id, Entry.position))
partial_index("uq_entries_student_once", NOT_LEFT, Entry.company_id, Entry.student_id, unique=True)
partial_index("uq_entries_one_interview", RUNNING, Entry.student_id, unique=True)
partial_index("uq_entries_slot", RUNNING, Entry.company_id, Entry.slot, unique=True)
partial_index("ix_entries_called", CALLED, Entry.company_id)
partial_index("ix_entries_waiting", WAITING, Entry.company_id, Entry.position)
