"""The mails that bring companies their links: what they say, and what became of each."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.extensions import db
from jobfair.models.base import UTCDateTime, stored_enum
from jobfair.models.stored_data import Data, Held


class LinkMailing(db.Model):
    """What an organiser sent to many companies; `number` is the journal row that says so.

    `subject` and `text` have places for what differs, see `fields.companies.link_mails`.
    """

    __tablename__ = "link_mailings"

    holds: ClassVar[Held] = {Data.NOTHING: "number subject text"}

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[str] = mapped_column(String(150))
    text: Mapped[str] = mapped_column(String(3000))


class LinkMailState(StrEnum):
    """What became of a mail. One that is being sent is with one worker alone."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class LinkMail(db.Model):
    """The last mail with its link to a company; it goes with the link.

    `at` is when its state changed last, or was tried to. `problem` is what the mail server said,
    None where there was none. `sent_at` is when a mail, this or an earlier one, was sent.
    """

    __tablename__ = "link_mails"

    holds: ClassVar[Held] = {
        Data.CONTACT: "address sent_at",
        Data.NOTHING: "company_id mailing state at problem",
    }

    company_id: Mapped[int] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    mailing: Mapped[int] = mapped_column(
        ForeignKey("link_mailings.number", ondelete="CASCADE"), index=True
    )
    address: Mapped[str] = mapped_column(String(254))
    state: Mapped[LinkMailState] = mapped_column(stored_enum(LinkMailState), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    problem: Mapped[str | None] = mapped_column(String(200))
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
