"""Servers that are told of events, and what was last sent to each."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import NEVER_REUSED, NO_PART_OF_THE_FAIR, UTCDateTime
from jobfair.models.stored_data import Data, Held


class Webhook(db.Model):
    """A server that is told of events, in their order.

    `secret` is sealed. All events of changes up to the journal number `reached` were delivered, and
    of the next change the first `sent_of_next`. `failures` are those in a row, `next_try_at` is
    when the next try is due, `paused_at` since when there are no more tries. Until
    `claimed_until` one worker sends.
    """

    __tablename__ = "webhooks"
    __table_args__ = NEVER_REUSED | NO_PART_OF_THE_FAIR

    holds: ClassVar[Held] = {
        Data.NOTHING: "id url events secret made_at reached sent_of_next failures next_try_at "
        "paused_at claimed_until",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[list[str]] = mapped_column(JSON)
    secret: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reached: Mapped[int]
    sent_of_next: Mapped[int]
    failures: Mapped[int]
    next_try_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UTCDateTime)


class WebhookDelivery(db.Model):
    """A try to deliver an event: the change it is of, its place among that change's events.

    `status` is the answer's, None where none came, and `answer` how it began. `again` says that
    somebody has asked to have it sent once more.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = NEVER_REUSED | NO_PART_OF_THE_FAIR

    holds: ClassVar[Held] = {
        Data.NOTHING: "id webhook_id change place event at status answer again",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(
        ForeignKey("webhooks.id", ondelete="CASCADE"), index=True
    )
    change: Mapped[int]
    place: Mapped[int]
    event: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    status: Mapped[int | None]
    answer: Mapped[str] = mapped_column(String(200))
    again: Mapped[bool]
