"""Rehearsals of the fair: what was asked, how far they came, and what came of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import NEVER_REUSED, UTCDateTime, partial_index, stored_enum
from jobfair.models.stored_data import Data, Held


class RehearsalState(StrEnum):
    """What became of a rehearsal."""

    DONE = "done"
    RUNNING = "running"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Rehearsal(db.Model):
    """A rehearsal that was asked for by `user_id`, None once their account is gone.

    `plan` is a `simulation.plan.Plan`, `outcome` a `simulation.rehearsal.Outcome`, None before it
    is done. Of `days` to be played `played` are. `heard_at` is when the worker that looks after its
    process last said so. Both name companies, and no person.
    """

    __tablename__ = "rehearsals"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.NOTHING: "id user_id asked_at heard_at state played days plan outcome"
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    heard_at: Mapped[datetime] = mapped_column(UTCDateTime)
    state: Mapped[RehearsalState] = mapped_column(stored_enum(RehearsalState))
    played: Mapped[int]
    days: Mapped[int]
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


IS_RUNNING = Rehearsal.state == RehearsalState.RUNNING
partial_index("ix_rehearsals_running", IS_RUNNING, Rehearsal.state, unique=True)
