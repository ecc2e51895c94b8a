"""Browsers that get calls while no page is open, and the pushes on their way."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import NEVER_REUSED, UTCDateTime, partial_index
from jobfair.models.stored_data import Data, Held


class PushSubscription(db.Model):
    """A browser that receives a student's calls while no page is open. It ends with its sign-in.

    `endpoint` is a URL at the browser's push service, and as secret as a password. `refused`
    counts the pushes in a row that the service rejected.
    """

    __tablename__ = "push_subscriptions"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.PUSHES: "language created_at refused",
        Data.PUSH_KEYS: "endpoint p256dh auth",
        Data.NOTHING: "id sign_in_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in_id: Mapped[int] = mapped_column(
        ForeignKey("sign_ins.id", ondelete="CASCADE"), index=True
    )
    endpoint: Mapped[str] = mapped_column(String(1000), unique=True)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    refused: Mapped[int] = mapped_column(default=0)


class Push(db.Model):
    """A journal row on its way to one browser. The worker that inserts this row sends it.

    `turn` is the turn that it is about, if any. `due_at` is when another worker may try, in case
    the first one failed or died; None once there is nothing more to do.
    """

    __tablename__ = "pushes"

    holds: ClassVar[Held] = {
        Data.PUSHES: "due_at sent_at",
        Data.NOTHING: "number subscription_id turn",
    }

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("push_subscriptions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    turn: Mapped[int | None]
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


partial_index("ix_pushes_due", Push.due_at.is_not(None), Push.due_at)
