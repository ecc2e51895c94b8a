"""The hall's screen: each company, who is called there and how long its queue is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from jobfair.db.transactions import autocommit, read_transaction
from jobfair.domain.state import Phase, ScreenNames
from jobfair.exceptions import NotFound
from jobfair.fields.input.characters import initial
from jobfair.fields.input.folding import folded
from jobfair.models import Company, Entry, Fair, Student
from jobfair.queries.hall_codes import code
from jobfair.queries.views import COMPANY_COLUMNS, CompanyView
from jobfair.security import link_tokens


@dataclass(frozen=True, slots=True)
class HallCard:
    """A company on the screen. `called` has the names or codes, in the order of their calls."""

    SHOWN: ClassVar = 3
    """The names that are written, and how many more there are."""

    company: CompanyView
    called: tuple[str, ...]

    @property
    def lines(self) -> int:
        """How many lines it takes on the screen."""
        return 1 + min(len(self.called), self.SHOWN)


@dataclass(frozen=True, slots=True)
class HallView:
    """The hall's screen: companies that call first, in the order of their calls.

    `name` is the hall that it is of, blank where it is of all of them.
    """

    name: str
    phase: Phase
    cards: tuple[HallCard, ...]

    @property
    def lines(self) -> int:
        return sum(card.lines for card in self.cards)


@dataclass(frozen=True, slots=True)
class HallScreen:
    """The settings of the screen; `token` is None while there is no link."""

    token: str | None
    names: ScreenNames


NO_BREAK = "\N{NO-BREAK SPACE}"
LONGEST_NAME = 12
"""Characters, with the initial: as many as a line of the screen holds in letters for 10 m."""

_SCREEN = select(Fair.screen_token, Fair.screen_names)
_FAIR = select(Fair.phase, Fair.screen_names)
_COMPANIES = select(*COMPANY_COLUMNS)
_CALLED = (
    select(Entry.company_id, Student.id, Student.first_name, Student.last_name)
    .join(Student, Student.id == Entry.student_id)
    .where(Entry.turn.is_not(None), Student.active)
    .order_by(Entry.turn)
)


def screen() -> HallScreen:
    """The link and the setting of the hall's screen."""
    with autocommit() as connection:
        return HallScreen(*connection.execute(_SCREEN).one())


def check(token: str) -> None:
    """Raises NotFound unless the token is that of the screen's link now."""
    known_token = select(Fair.id).where(Fair.screen_token.in_(link_tokens.spellings(token)))
    with autocommit() as connection:
        known = connection.execute(known_token).first()
    if known is None:
        raise NotFound("screen")


def _short_name(first_name: str, last_name: str) -> str:
    """First name and initial. The second of two given names is an initial where both are too long
    for a line, and what is still too long is cut: the last initial always stays."""
    letter = initial(last_name)
    end = f" {letter}." if letter else ""
    room = LONGEST_NAME - len(end)
    given = first_name
    for mark in ("-", " "):
        first, found, second = given.partition(mark)
        if len(given) > room and found and initial(second):
            given = f"{first}{mark}{initial(second)}."
    if len(given) > room:
        given = f"{given[: room - 1].rstrip('- ')}…"
    return given + end


def halls() -> list[str]:
    """The halls that companies are in, in order."""
    query = select(Company.hall).where(Company.hall.is_not(None)).distinct()
    with autocommit() as connection:
        return sorted(filter(None, connection.execute(query).scalars()), key=folded)


def hall(only: str = "") -> HallView:
    """The fair as it is now; only the companies of the hall called `only`, unless it is blank."""
    with read_transaction() as connection:
        phase, names = connection.execute(_FAIR).one()
        companies = [CompanyView(*row) for row in connection.execute(_COMPANIES)]
        if only:
            companies = [each for each in companies if folded(each.hall or "") == folded(only)]
        called: defaultdict[int, list[str]] = defaultdict(list)
        for company_id, student_id, first_name, last_name in connection.execute(_CALLED):
            by_code = names is ScreenNames.CODES
            # A long name may break at its hyphen, but not before the initial.
            shown = code(student_id) if by_code else _short_name(first_name, last_name)
            called[company_id].append(shown.replace(" ", NO_BREAK))
    rank = {company_id: at for at, company_id in enumerate(called)}
    companies.sort(key=lambda each: (rank.get(each.id, len(rank)), folded(each.name)))
    return HallView(
        only, phase, tuple(HallCard(each, tuple(called[each.id])) for each in companies)
    )
