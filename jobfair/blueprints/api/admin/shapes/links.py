"""What is answered about the stands' links and the mails that bring them."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.common import Moment, Shape
from jobfair.blueprints.api.shapes.companies import NamedCompany
from jobfair.models import LinkMailState


class LinkOfCompany(Shape):
    """Whose link it is, whether it was opened, and whether it asks for a PIN."""

    company: int
    name: str
    stand: str | None
    hall: str | None
    contact: str | None
    opened: bool
    asks_pin: bool


class LinkTaken(LinkOfCompany):
    """The same with the link, and the PIN where one was just made: it is shown this once."""

    access_url: str
    pin: str | None


class MailOfLink(Shape):
    """What became of the mail to a company; `sent_at` is when one of them went out last."""

    company: int
    name: str
    address: str
    state: LinkMailState
    at: Moment
    problem: str | None
    sent_at: Moment | None


class LinkMailings(Shape):
    """The mails, those that failed first, and the words of the last ones; null before the first.

    `recipients` are how many companies with an address each choice of whom has; `without_address`
    counts companies that have none.
    """

    sends: bool
    mails: list[MailOfLink]
    recipients: dict[str, int]
    without_address: int
    subject: str | None
    text: str | None


class LinkMailPreview(Shape):
    """The mail as one company gets it. `asked_at` goes with the request that sends them."""

    recipients: list[NamedCompany]
    without_address: list[NamedCompany]
    company: int
    subject: str
    text: str
    asked_at: int


class MailsQueued(Shape):
    """How many mails will be sent; `left` have another on its way."""

    mails: int
    left: list[str]
