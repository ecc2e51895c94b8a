"""Every company and every student, with what only an admin may see of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.fields.companies import IN_FORMS
from jobfair.fields.folding import folded
from jobfair.models import Company
from jobfair.queries.students import student_view, student_views
from jobfair.queries.views import (
    COMPANY_COLUMNS,
    PROFILE_COLUMNS,
    CompanyProfile,
    CompanyView,
    StudentView,
)


@dataclass(frozen=True, slots=True)
class ManagedCompany:
    """A company, its profile, the secret of its link, and whether the link asks for a PIN."""

    company: CompanyView
    profile: CompanyProfile
    token: str
    asks_pin: bool
    created_at: datetime

    @property
    def fields(self) -> dict[str, Any]:
        """The values of `fields.companies.IN_FORMS`."""
        whole = asdict(self.company) | asdict(self.profile)
        return {each.name: whole[each.name] for each in IN_FORMS}


def companies() -> list[ManagedCompany]:
    """Every company, by name."""
    return _companies()


def company(company_id: int) -> ManagedCompany:
    """One company. Raises NotFound."""
    found = _companies(Company.id == company_id)
    if not found:
        raise NotFound("company")
    return found[0]


def students() -> list[StudentView]:
    """Every student, by last name."""
    with read_transaction() as connection:
        views = student_views(connection)
    return sorted(
        views, key=lambda each: (folded(each.last_name), folded(each.first_name), each.id)
    )


def student(student_id: int) -> StudentView:
    """One student. Raises NotFound."""
    with read_transaction() as connection:
        return student_view(connection, student_id)


def _companies(*conditions: Any) -> list[ManagedCompany]:
    own = (Company.token, Company.pin_hash.is_not(None), Company.created_at)
    query = select(*COMPANY_COLUMNS, *PROFILE_COLUMNS, *own).where(*conditions)
    with read_transaction() as connection:
        rows = connection.execute(query).all()
    managed = [
        ManagedCompany(CompanyView(*row[:_WIDE]), CompanyProfile(*row[_WIDE:-3]), *row[-3:])
        for row in rows
    ]
    return sorted(managed, key=lambda each: folded(each.company.name))


_WIDE = len(COMPANY_COLUMNS)
