"""Accounts, and what proves that one of them is somebody's."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import NEVER_REUSED, NO_PART_OF_THE_FAIR, UTCDateTime, stored_enum
from jobfair.models.stored_data import Data, Held


class Role(StrEnum):
    """Who an account belongs to. Companies have no account, only a link.

    An admin is an organiser; the desk helps, a viewer looks (`services.access.rights`).
    """

    STUDENT = "student"
    ADMIN = "admin"
    DESK = "desk"
    VIEWER = "viewer"


class User(db.Model):
    """An account that signs in by e-mail and password.

    `password_issued_at` is when somebody else made its password; None for one's own.
    `address_confirmed_at` is when its address was last known to be its owner's; None while it is
    not: they registered by themselves, or changed it, and have not proved it.
    """

    __tablename__ = "users"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.IDENTITY: "email",
        Data.PASSWORD: "password_hash",
        Data.ACCOUNT: "role created_at password_issued_at address_confirmed_at",
        Data.NOTHING: "id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    password_issued_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    address_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Invitation(db.Model):
    """A single-use link for somebody who has no password, or has lost it.

    Only the digest of its secret is stored, so reading the table lets nobody in.
    """

    __tablename__ = "invitations"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.LINKS: "created_at expires_at used_at",
        Data.PROOFS: "digest",
        Data.NOTHING: "id user_id",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SchoolAccount(db.Model):
    """The account at the school's provider by which a user signs in, as it was at first use.

    `subject` is the provider's own name for it, which never becomes somebody else's, as an
    address may.
    """

    __tablename__ = "school_accounts"

    holds: ClassVar[Held] = {
        Data.SCHOOL: "issuer subject linked_at",
        Data.NOTHING: "user_id",
    }

    issuer: Mapped[str] = mapped_column(String(500), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)

    # One account at a provider for each user: another person with a reused address gets none.
    __table_args__ = (UniqueConstraint("user_id", "issuer"),)


class AddressCode(db.Model):
    """The code that was mailed last to an address that is to be proved, as a keyed digest."""

    __tablename__ = "address_codes"
    __table_args__ = NO_PART_OF_THE_FAIR

    holds: ClassVar[Held] = {Data.PROOFS: "digest sent_at tries", Data.NOTHING: "user_id"}

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    tries: Mapped[int]
