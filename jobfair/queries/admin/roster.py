"""Every company and every student, with what only an admin may see of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.fields.companies.companies import IN_FORMS
from jobfair.fields.input.folding import folded
from jobfair.models import Company, Student
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
    """A company, its profile, the secret of its link, whether the link asks for a PIN, the
    address of its contact, and when the link was first opened."""

    company: CompanyView
    profile: CompanyProfile
    token: str
    asks_pin: bool
    created_at: datetime
    contact: str | None
    link_opened_at: datetime | None

    @property
    def fields(self) -> dict[str, Any]:
        """The values of `fields.companies.companies.IN_FORMS`."""
        whole = asdict(self.company) | asdict(self.profile) | {"contact": self.contact}
        return {each.name: whole[each.name] for each in IN_FORMS}


def companies(only: Collection[int] | None = None) -> list[ManagedCompany]:
    """Every company by name, or those with these ids."""
    return _companies(*([] if only is None else [Company.id.in_(only)]))


def company(company_id: int) -> ManagedCompany:
    """One company. Raises NotFound."""
    found = _companies(Company.id == company_id)
    if not found:
        raise NotFound("company")
    return found[0]


def students(only: Collection[int] | None = None) -> list[StudentView]:
    """Every student by last name, or those with these ids."""
    with read_transaction() as connection:
        views = student_views(connection, *([] if only is None else [Student.id.in_(only)]))
    return sorted(views, key=student_order)


def company_order(managed: ManagedCompany) -> tuple[str, int]:
    """Where a company comes in a list by name."""
    return folded(managed.company.name), managed.company.id


def student_order(view: StudentView) -> tuple[str, str, int]:
    """Where a student comes in a list by last name."""
    return folded(view.last_name), folded(view.first_name), view.id


def student(student_id: int) -> StudentView:
    """One student. Raises NotFound."""
    with read_transaction() as connection:
        return student_view(connection, student_id)


def _companies(*conditions: Any) -> list[ManagedCompany]:
    own = (
        Company.token,
        Company.pin_hash.is_not(None),
        Company.created_at,
        Company.contact,
        Company.link_opened_at,
    )
    query = select(*COMPANY_COLUMNS, *PROFILE_COLUMNS, *own).where(*conditions)
    with read_transaction() as connection:
        rows = connection.execute(query).all()
    managed = [
        ManagedCompany(
            CompanyView(*row[:_WIDE]), CompanyProfile(*row[_WIDE : -len(own)]), *row[-len(own) :]
        )
        for row in rows
    ]
    return sorted(managed, key=company_order)


_WIDE = len(COMPANY_COLUMNS)
