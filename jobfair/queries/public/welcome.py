"""The companies on the welcome page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from jobfair.db.transactions import autocommit
from jobfair.domain.state import CompanyStatus
from jobfair.fields.input.folding import folded
from jobfair.models import Company


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """A company with its name and logo. `logo` is the digest of its logo; a `paused` one is in no
    student's list for the moment."""

    id: int
    name: str
    logo: str | None
    paused: bool


_EXHIBITORS = select(Company.id, Company.name, Company.logo, Company.status == CompanyStatus.PAUSED)


def exhibitors() -> list[Exhibitor]:
    """The companies of the fair by name, as a stranger is shown them."""
    with autocommit() as connection:
        companies = [Exhibitor(*row) for row in connection.execute(_EXHIBITORS)]
    return sorted(companies, key=lambda each: folded(each.name))
