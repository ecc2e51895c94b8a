"""Sign-ins, second factors, and the log of both."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import NEVER_REUSED, NO_PART_OF_THE_FAIR, UTCDateTime, stored_enum
from jobfair.models.stored_data import Data, Held


class SignIn(db.Model):
    """A session of one browser or program. While it lasts, its access is renewed (flow 1b).

    `device` is the User-Agent header. `replaced_refresh_id` is the refresh token's id before
    `refresh_id`, which took its place at `rotated_at`; both are None until the first rotation.
    `password_confirmed_at` is when its user last proved who they are, by signing in or by the
    password; None where that was before it was written down.
    """

    __tablename__ = "sign_ins"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.SIGN_INS: ("device created_at expires_at ended_at rotated_at password_confirmed_at"),
        Data.PROOFS: "refresh_id replaced_refresh_id",
        Data.NOTHING: "id user_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    refresh_id: Mapped[str] = mapped_column(String(64))
    replaced_refresh_id: Mapped[str | None] = mapped_column(String(64))
    rotated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    device: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    password_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SecondFactor(db.Model):
    """What an account's second factor is made from. There is a row only while it is on.

    `secret` is encrypted. `last_step` is the newest step of time whose code was used: each works
    once.
    """

    __tablename__ = "second_factors"

    holds: ClassVar[Held] = {
        Data.FACTORS: "secret since last_step",
        Data.NOTHING: "user_id",
    }

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    secret: Mapped[str] = mapped_column(String(255))
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    last_step: Mapped[int]


class RecoveryCode(db.Model):
    """A code that stands in for the second factor, once. `digest` is a keyed one."""

    __tablename__ = "recovery_codes"

    holds: ClassVar[Held] = {
        Data.FACTORS: "digest used_at",
        Data.NOTHING: "user_id",
    }

    user_id: Mapped[int] = mapped_column(
        ForeignKey("second_factors.user_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Outcome(StrEnum):
    """What a row of the security log says of an account, and of what one signs in to it with."""

    SIGNED_IN = "signed_in"
    NEW_DEVICE = "unknown_device"
    WRONG_PASSWORD = "bad_password"  # noqa: S105 - the name of an outcome
    TOO_MANY = "limited"
    INACTIVE = "inactive"
    WRONG_OWN = "wrong_own"
    SCHOOL_REFUSED = "school_refused"
    SCHOOL_LINKED = "school_linked"
    CHANGED = "changed"
    BY_LINK = "by_link"
    BY_ORGANISER = "by_organiser"
    ENDED_OTHERS = "ended_others"
    WRONG_CODE = "wrong_factor"
    RECOVERY_CODE = "recovery_code"
    FACTOR_ON = "factor_on"
    FACTOR_OFF = "factor_off"
    FACTOR_REMOVED = "factor_removed"
    NEW_CODES = "new_codes"


class SecurityLogRow(db.Model):
    """A sign-in, good or bad, or a change of what one signs in with. Its account alone sees it.

    `user_id` is None where no account has the address that was given. `address` is a keyed digest
    of the visitor's IP address, `device` the browser's name and system, as `open_sign_ins` has it.
    """

    __tablename__ = "security_log"
    __table_args__ = (
        Index("ix_security_log_account", "user_id", "outcome", "id"),
        NEVER_REUSED | NO_PART_OF_THE_FAIR,
    )

    holds: ClassVar[Held] = {
        Data.SECURITY_LOG: "at outcome address device",
        Data.NOTHING: "id user_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    outcome: Mapped[Outcome] = mapped_column(stored_enum(Outcome))
    address: Mapped[str] = mapped_column(String(16))
    device: Mapped[str] = mapped_column(String(60))
