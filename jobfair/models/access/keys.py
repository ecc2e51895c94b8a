"""The keys by which organisers' programs use the JSON interface."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import NEVER_REUSED, UTCDateTime
from jobfair.models.stored_data import Data, Held


class Scope(StrEnum):
    """What a key lets a program do, of what its maker may."""

    READ = "read"
    WRITE = "write"
    EXPORTS = "exports"


class ApiKey(db.Model):
    """A key. Only the digest of its secret is stored, so reading the table lets nobody in.

    `user_id` is its maker's, None once their account is gone; `scopes` are the values of `Scope`.
    A key that was withdrawn stays until the past fair goes, as the log names it.
    """

    __tablename__ = "api_keys"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.KEYS: "name scopes created_at last_used_at withdrawn_at",
        Data.PROOFS: "digest",
        Data.NOTHING: "id user_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
