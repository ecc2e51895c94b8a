"""Requests that have been carried out, with what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, LargeBinary, String, cast, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.access.sign_ins import SignIn
from jobfair.models.base import NO_PART_OF_THE_FAIR, UTCDateTime
from jobfair.models.stored_data import Data, Held


class IdempotencyKey(db.Model):
    """A request that has been carried out, by its idempotency key, and the stored response.

    `status` is None until the response is known. `said` holds what the session carries to the
    next page.
    """

    __tablename__ = "request_keys"
    __table_args__ = NO_PART_OF_THE_FAIR

    holds: ClassVar[Held] = {
        Data.REQUESTS: "at status location",
        Data.ANSWERS: "key digest content_type said body",
        Data.NOTHING: "sender",
    }

    sender: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    status: Mapped[int | None]
    content_type: Mapped[str | None] = mapped_column(String(200))
    location: Mapped[str | None] = mapped_column(String(2000))
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)


def sent_by(user_id: Any) -> ColumnElement[bool]:
    """The condition for the requests that a user has sent, by any of their sign-ins."""
    senders = select(literal("sign-in ") + cast(SignIn.id, String)).where(SignIn.user_id == user_id)
    return IdempotencyKey.sender.in_(senders)
