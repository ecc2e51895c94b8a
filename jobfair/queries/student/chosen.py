"""The filters that a student has chosen on the list of companies, as its address has them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from urllib.parse import urlencode

SHOWN_AT_FIRST = 15
"""Two screens of a phone: each further row costs a slow one a millisecond at every key."""
SHOWN_AT_MOST = 1000

SHORT = "short"
"""The value of `wait` that asks for little wait."""


class Sort(StrEnum):
    """What the list is sorted by."""

    NAME = "name"
    WAIT = "wait"
    STAND = "stand"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a student has chosen on the page, as its address says it; empty where nothing is."""

    q: str = ""
    sector: str = ""
    looking_for: str = ""
    hall: str = ""
    wait: str = ""
    favourites: bool = False
    sort: str = Sort.NAME
    shown: int = SHOWN_AT_FIRST

    @property
    def by_wait(self) -> bool:
        """Whether the list depends on waits, which differ after each change."""
        return self.wait == SHORT or self.sort == Sort.WAIT

    @property
    def filters(self) -> int:
        """How many filters narrow it, whatever is searched for."""
        given = (self.sector, self.looking_for, self.hall, self.wait == SHORT, self.favourites)
        return sum(map(bool, given))

    @property
    def from_lists(self) -> tuple[str, ...]:
        """The names of those filters that are chosen from lists."""
        return tuple(each for each in ("sector", "hall") if getattr(self, each))

    @property
    def unfiltered(self) -> str:
        """The query of an address with what is searched for, in the same order."""
        return Chosen(q=self.q, sort=self.sort).query()

    @property
    def narrows(self) -> bool:
        """Whether it may leave companies out."""
        return bool(self.q or self.filters)

    def query(self, **changes: object) -> str:
        """The query of an address for it, with these changes; empty without any filter."""
        default, chosen = asdict(Chosen()), asdict(self) | changes
        said = {
            name: "1" if value is True else value
            for name, value in chosen.items()
            if value != default[name]
        }
        return f"?{urlencode(said)}" if said else ""

    def without(self, name: str) -> str:
        """The query of an address without this filter, from the list's start."""
        default = Chosen()
        return self.query(**{name: getattr(default, name), "shown": default.shown})
