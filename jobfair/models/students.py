"""Students, the companies they have starred, and their own notes about those they met."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.domain.state import StudentStatus
from jobfair.extensions import db
from jobfair.models.base import NEVER_REUSED, UTCDateTime, stored_enum
from jobfair.models.stored_data import Data, Held


class Student(db.Model):
    """A person at the fair. `company_id` is where their interview runs.

    `messages_read` is the journal number of the last message they have put away.

    `studies` to `shows_email` are their introduction (`fields.students.introductions`). Stands see
    it while `shows_introduction`, which is None until the student has chosen.
    """

    __tablename__ = "students"
    __table_args__ = NEVER_REUSED

    holds: ClassVar[Held] = {
        Data.IDENTITY: "first_name last_name",
        Data.ACCOUNT: "active",
        Data.INTRODUCTION: "studies year seeking sentence link shows_email shows_introduction",
        Data.PLACES: "status",
        Data.NOTHING: "id user_id company_id messages_read",
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    status: Mapped[StudentStatus] = mapped_column(
        stored_enum(StudentStatus), default=StudentStatus.AVAILABLE
    )
    active: Mapped[bool] = mapped_column(default=True)
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("companies.id", ondelete="SET NULL"), index=True
    )
    studies: Mapped[str | None] = mapped_column(String(100))
    year: Mapped[str | None] = mapped_column(String(20))
    seeking: Mapped[str | None] = mapped_column(String(100))
    sentence: Mapped[str | None] = mapped_column(String(280))
    link: Mapped[str | None] = mapped_column(String(500))
    shows_email: Mapped[bool] = mapped_column(default=False, server_default=false())
    shows_introduction: Mapped[bool | None]
    messages_read: Mapped[int] = mapped_column(default=0, server_default="0")


class Favourite(db.Model):
    """A company that a student has starred. Nobody else sees it, and no log has it."""

    __tablename__ = "favourites"

    holds: ClassVar[Held] = {
        Data.FAVOURITES: "created_at",
        Data.NOTHING: "student_id company_id",
    }

    student_id: Mapped[int] = mapped_column(
        ForeignKey("students.id", ondelete="CASCADE"), primary_key=True
    )
    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OwnNote(db.Model):
    """What a student has written down about a company they met. Nobody else reads it."""

    __tablename__ = "own_notes"

    holds: ClassVar[Held] = {
        Data.OWN_NOTES: "text updated_at",
        Data.NOTHING: "student_id company_id",
    }

    student_id: Mapped[int] = mapped_column(
        ForeignKey("students.id", ondelete="CASCADE"), primary_key=True
    )
    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    text: Mapped[str] = mapped_column(String(2000))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
