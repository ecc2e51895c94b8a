"""Companies: their queues' settings, their profiles, logos and notes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.domain.state import CompanyStatus, DoorSign
from jobfair.extensions import db
from jobfair.models.base import NEVER_REUSED, UTCDateTime, stored_enum
from jobfair.models.stored_data import Data, Held


class Company(db.Model):
    """A stand. `revision` is the journal number of the last change its screens show.

    `logo` is the digest of its logo, whose files are a CompanyLogo; None without one.
    `paused_with_all` says that it is paused because all were, and not by itself, `has_left` that it
    is because its stand left before the end.
    `sign` is what its stand says to its own queue until `sign_until`, `sign_text` its own words.
    `pin_hash` is the hash of the PIN that its link asks a new device for; None without a PIN.
    `link_opened_at` is when its screen was first opened by the link it has now, and `devices` how
    many devices got a letter with it.
    `contact` is where its link is mailed to; only organisers see it.
    `messages_read` is the journal number of the last message that its screen has put away.
    """

    __tablename__ = "companies"

    holds: ClassVar[Held] = {
        Data.NOTHING: (
            "id name name_key stand token pin_hash link_opened_at devices status queue_open slots "
            "queue_limit last_position waiting running paused_with_all has_left revision "
            "created_at hall description sectors looking_for languages link logo sign sign_text "
            "sign_until messages_read"
        ),
        Data.CONTACT: "contact",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(400), unique=True)
    stand: Mapped[str | None] = mapped_column(String(50))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    pin_hash: Mapped[str | None] = mapped_column(String(255))
    link_opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    devices: Mapped[int] = mapped_column(default=0, server_default="0")
    status: Mapped[CompanyStatus] = mapped_column(
        stored_enum(CompanyStatus), default=CompanyStatus.RECRUITING
    )
    queue_open: Mapped[bool] = mapped_column(default=True)
    slots: Mapped[int] = mapped_column(default=1)
    queue_limit: Mapped[int | None]
    last_position: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    running: Mapped[int] = mapped_column(default=0)
    paused_with_all: Mapped[bool] = mapped_column(default=False, server_default=false())
    has_left: Mapped[bool] = mapped_column(server_default=false())
    revision: Mapped[int] = mapped_column(default=0, index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    hall: Mapped[str | None] = mapped_column(String(40))
    description: Mapped[str | None] = mapped_column(String(2000))
    sectors: Mapped[str | None] = mapped_column(String(210))
    looking_for: Mapped[str | None] = mapped_column(String(100))
    languages: Mapped[str | None] = mapped_column(String(210))
    link: Mapped[str | None] = mapped_column(String(500))
    logo: Mapped[str | None] = mapped_column(String(16))
    sign: Mapped[DoorSign | None] = mapped_column(stored_enum(DoorSign))
    sign_text: Mapped[str | None] = mapped_column(String(80))
    sign_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    contact: Mapped[str | None] = mapped_column(String(254))
    messages_read: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        CheckConstraint("slots BETWEEN 1 AND 100", name="slots"),
        CheckConstraint("waiting >= 0 AND running >= 0", name="counts"),
        NEVER_REUSED,
    )


class CompanyLogo(db.Model):
    """The files of a company's logo, as WebP. By themselves, as few statements read them."""

    __tablename__ = "company_logos"

    holds: ClassVar[Held] = {Data.NOTHING: "company_id small large"}

    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True
    )
    small: Mapped[bytes] = mapped_column(LargeBinary)
    large: Mapped[bytes] = mapped_column(LargeBinary)


class Verdict(StrEnum):
    """What a stand thinks of somebody it met."""

    AGAIN = "again"
    MAYBE = "maybe"
    NO = "no"


class Note(db.Model):
    """What a stand has written down about somebody it met. Nobody else reads it.

    `text` may be blank where there is a verdict or a next step.
    """

    __tablename__ = "notes"

    holds: ClassVar[Held] = {
        Data.NOTES: "text verdict next_step updated_at",
        Data.NOTHING: "company_id student_id",
    }

    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True
    )
    student_id: Mapped[int] = mapped_column(
        ForeignKey("students.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    text: Mapped[str] = mapped_column(String(2000))
    verdict: Mapped[Verdict | None] = mapped_column(stored_enum(Verdict))
    next_step: Mapped[str | None] = mapped_column(String(200))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
