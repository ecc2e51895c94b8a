"""What is answered about the fair itself: what is said of it, who signs up, its halls."""

from __future__ import annotations

from datetime import date

from jobfair.blueprints.api.shapes.common import Shape
from jobfair.blueprints.api.shapes.companies import LogoAddresses
from jobfair.domain.signing_up import SignUp
from jobfair.domain.state import Phase, ScreenNames


class Fair(Shape):
    """What organisers have said of the fair, and what they have set; null is what they have not.

    `opens` and `closes` are times of the day at its place, as in 09:30. A call lasts
    `call_minutes`, null where it does not run out by itself. `profile_editing` says whether
    companies may write their own profiles while the fair is preparing, `by_lot` whether the places
    of those who join then are drawn when it opens.
    """

    phase: Phase
    name: str | None
    starts_on: date | None
    ends_on: date | None
    opens: str | None
    closes: str | None
    zone: str | None
    welcome: str | None
    colour: str | None
    colour_dark: str | None
    keep_days: int | None
    logo: LogoAddresses | None
    call_minutes: int | None
    profile_editing: bool
    by_lot: bool


class SignUpSetting(Shape):
    """Who may make an account, by which word or domains, and how many have.

    `word` is null before there was one. `lately` are those who registered in the last hour.
    """

    mode: SignUp
    word: str | None
    domains: list[str]
    registered: int
    lately: int
    unconfirmed: int


class HallScreenSetting(Shape):
    """The hall's screen: its link, null where there is none, and one for each hall by name."""

    names: ScreenNames
    access_url: str | None
    of_halls: dict[str, str]


class PlacedStand(Shape):
    """A company that a map shows; `x` and `y` in percent of its sides, null before it is placed."""

    company: int
    name: str
    stand: str | None
    x: float | None
    y: float | None


class MapPicture(Shape):
    """A map as WebP, and its size in pixels."""

    url: str
    width: int
    height: int


class HallMapPlan(Shape):
    """A hall's map, null where there is none; `hall` is blank for the fair as a whole."""

    hall: str
    map: MapPicture | None
    stands: list[PlacedStand]
