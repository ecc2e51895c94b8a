"""Companies, as everybody at the fair reads them."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.common import Moment, Shape, Words
from jobfair.domain.state import CompanyStatus, DoorSign


class NamedCompany(Shape):
    id: int
    name: str


class LogoAddresses(Shape):
    """A logo's pictures, as WebP of 96 and 288 pixels."""

    small: str
    large: str


class Profile(Shape):
    """What a company says of itself."""

    description: str | None
    sectors: Words
    looking_for: Words
    languages: Words
    link: str | None
    logo: LogoAddresses | None


class SignShown(Shape):
    """What a stand says to its own queue; `text` are own words, null with any other sign."""

    sign: DoorSign
    text: str | None
    until: Moment


class ListedCompany(Profile):
    """A company as students look for it, with what it says of itself.

    `queue_count` counts waiting entries.
    """

    id: int
    name: str
    status: CompanyStatus
    max_concurrent_interviews: int
    available_slots: int
    queue_count: int
    queue_open: bool
    stand: str | None
    hall: str | None
    door_sign: SignShown | None


class CompanyOfEntry(Shape):
    id: int
    name: str
    stand: str | None
    hall: str | None
    status: CompanyStatus
    door_sign: SignShown | None
