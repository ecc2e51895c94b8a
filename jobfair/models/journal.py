"""The journal: what has happened, in the order of the commits."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import UTCDateTime
from jobfair.models.stored_data import Data, Held


class JournalRow(db.Model):
    """An event. `number` is given by the transition, so it is in commit order.

    `change` is the number of the first row of the same transition. `companies` are those whose
    screens change with it. `device` is the letter of the stand's device on which it was done,
    `key_id` the key with which a program did it.
    """

    __tablename__ = "journal"

    holds: ClassVar[Held] = {
        Data.HISTORY: "at kind company_name actor device data",
        Data.NOTHING: "number change company_id student_id entry_id actor_id companies key_id",
    }

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    change: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    kind: Mapped[str] = mapped_column(String(40))
    company_id: Mapped[int | None]
    student_id: Mapped[int | None]
    entry_id: Mapped[int | None]
    company_name: Mapped[str | None] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[int | None]
    device: Mapped[str | None] = mapped_column(String(1))
    key_id: Mapped[int | None]
    companies: Mapped[list[int]] = mapped_column(JSON)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)

    # No foreign keys: events stay when their company or student is deleted.
    __table_args__ = (
        Index("ix_journal_company", "company_id", "number"),
        Index("ix_journal_student", "student_id", "number"),
    )
