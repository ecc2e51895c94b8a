"""Every company and every student, with what only an admin may see of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.models import Company
from jobfair.queries.search import folded
from jobfair.queries.students import student_view, student_views
from jobfair.queries.views import COMPANY_COLUMNS, CompanyView, StudentView


@dataclass(frozen=True, slots=True)
class ManagedCompany:
    """A company, the secret of its link, and whether the link asks for a PIN."""

    company: CompanyView
    token: str
    asks_pin: bool
    created_at: datetime


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
    asks_pin = Company.pin_hash.is_not(None)
    query = select(*COMPANY_COLUMNS, Company.token, asks_pin, Company.created_at).where(*conditions)
    with read_transaction() as connection:
        rows = connection.execute(query).all()
    managed = [ManagedCompany(CompanyView(*row[:-3]), *row[-3:]) for row in rows]
    return sorted(managed, key=lambda each: folded(each.company.name))
