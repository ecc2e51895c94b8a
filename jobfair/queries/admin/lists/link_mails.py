"""The mails with the companies' links: possible recipients, and the state of each mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, true

from jobfair.db.transactions import read_transaction
from jobfair.models import Company, LinkMail, LinkMailing, LinkMailState
from jobfair.queries.admin.lists.page import Page, page_of


class Whom(StrEnum):
    """To which companies the links are mailed."""

    UNOPENED = "unopened"
    UNSENT = "unsent"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A company to which its link may be mailed, with what its mail says of it."""

    company_id: int
    name: str
    contact: str | None
    stand: str | None
    hall: str | None
    token: str


@dataclass(frozen=True, slots=True)
class Mailed:
    """The state of the mail to a company; see `models.LinkMail`."""

    company_id: int
    name: str
    stand: str | None
    address: str
    state: LinkMailState
    at: datetime
    problem: str | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Mails:
    """A page of the mails, those that failed first, and how many there are in each state."""

    page: Page[Mailed]
    counts: Mapping[LinkMailState, int]

    @property
    def under_way(self) -> int:
        return self.counts[LinkMailState.WAITING] + self.counts[LinkMailState.SENDING]


_CONDITIONS: Mapping[Whom, Any] = {
    Whom.UNOPENED: Company.link_opened_at.is_(None),
    Whom.UNSENT: LinkMail.sent_at.is_(None),
    Whom.ALL: true(),
}

_ORDER = (
    LinkMailState.FAILED,
    LinkMailState.SENDING,
    LinkMailState.WAITING,
    LinkMailState.SENT,
)


def recipients(whom: Whom) -> list[Recipient]:
    """These companies by name, also those that have no contact address."""
    query = (
        select(
            Company.id, Company.name, Company.contact, Company.stand, Company.hall, Company.token
        )
        .outerjoin(LinkMail, LinkMail.company_id == Company.id)
        .where(_CONDITIONS[whom])
        .order_by(Company.name_key)
    )
    with read_transaction() as connection:
        return [Recipient(*row) for row in connection.execute(query)]


def every_mail() -> list[Mailed]:
    """The state of each mail, failed ones first."""
    query = (
        select(
            Company.id,
            Company.name,
            Company.stand,
            LinkMail.address,
            LinkMail.state,
            LinkMail.at,
            LinkMail.problem,
            LinkMail.sent_at,
        )
        .join(Company, Company.id == LinkMail.company_id)
        .order_by(LinkMail.at.desc(), Company.name_key)
    )
    with read_transaction() as connection:
        found = [Mailed(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda each: _ORDER.index(each.state))


def mails(number: int = 1) -> Mails:
    """A page of the mails."""
    found = every_mail()
    counts = dict.fromkeys(_ORDER, 0)
    for each in found:
        counts[each.state] += 1
    return Mails(page_of(found, number), counts)


def last_words() -> tuple[str, str] | None:
    """Subject and text of the last mails; None before the first."""
    query = select(LinkMailing.subject, LinkMailing.text).order_by(LinkMailing.number.desc())
    with read_transaction() as connection:
        row = connection.execute(query.limit(1)).first()
    return None if row is None else (row.subject, row.text)
