"""Past editions of the fair: what is kept of each after its people are removed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import NEVER_REUSED, UTCDateTime
from jobfair.models.stored_data import Data, Held


class Edition(db.Model):
    """A fair that is over: what it was called, when it was, the figures of its report, its day.

    `report` is a `queries.admin.figures.past_editions.Report`, `day` is written and read by
    `queries.admin.records.past_days`; None of editions that were closed before it was kept. Both
    name companies, and no person.
    """

    __tablename__ = "editions"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {Data.NOTHING: "id name starts_on ends_on closed_at report day"}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    closed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    day: Mapped[bytes | None] = mapped_column(LargeBinary)
