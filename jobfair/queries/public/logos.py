"""The files of companies' logos."""

from __future__ import annotations

from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.models import Company, CompanyLogo


def file(company_id: int, digest: str, *, large: bool) -> bytes:
    """A company's logo as WebP. Raises NotFound for one that it has no longer."""
    column = CompanyLogo.large if large else CompanyLogo.small
    query = (
        select(column)
        .join(Company, Company.id == CompanyLogo.company_id)
        .where(Company.id == company_id, Company.logo == digest)
    )
    with read_transaction() as connection:
        found: bytes | None = connection.execute(query).scalar()
    if found is None:
        raise NotFound("logo")
    return found
