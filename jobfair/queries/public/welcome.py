"""What the welcome page says of the fair: its last day, and who is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobfair.db.transactions import autocommit
from jobfair.fields.folding import folded
from jobfair.models import Company, Fair


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """A company by what it is recognised by. `logo` is the digest of its logo."""

    id: int
    name: str
    logo: str | None


@dataclass(frozen=True, slots=True)
class Welcome:
    """`ends_on` is None while the organisers have not said it."""

    ends_on: date | None
    exhibitors: tuple[Exhibitor, ...]


_FAIR = select(Fair.ends_on)
_EXHIBITORS = select(Company.id, Company.name, Company.logo)


def welcome() -> Welcome:
    """The fair as a stranger is shown it, its companies by name."""
    with autocommit() as connection:
        ends_on = connection.execute(_FAIR).scalar_one()
        companies = [Exhibitor(*row) for row in connection.execute(_EXHIBITORS)]
    return Welcome(ends_on, tuple(sorted(companies, key=lambda each: folded(each.name))))
