"""Which alerts somebody of the team has taken on."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import NO_PART_OF_THE_FAIR, UTCDateTime
from jobfair.models.stored_data import Data, Held


class AlertTaking(db.Model):
    """Somebody has taken an alert on, at a time; `number` is the journal row that says so.

    `alert` is the alert's key, see `queries.admin.fair.alerts`.
    """

    __tablename__ = "alert_takings"
    __table_args__ = NO_PART_OF_THE_FAIR

    holds: ClassVar[Held] = {Data.NOTHING: "alert user_id number at"}

    alert: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
