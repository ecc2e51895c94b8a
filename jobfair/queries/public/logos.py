"""The files of the companies' logos, and of the fair's."""

from __future__ import annotations

from sqlalchemy import Select, select

from jobfair.db.transactions import read_transaction
from jobfair.exceptions import NotFound
from jobfair.models import Company, CompanyLogo, Fair, FairLogo


def file(company_id: int, digest: str, *, large: bool) -> bytes:
    """A company's logo as WebP. Raises NotFound for one that it has no longer."""
    column = CompanyLogo.large if large else CompanyLogo.small
    query = (
        select(column)
        .join(Company, Company.id == CompanyLogo.company_id)
        .where(Company.id == company_id, Company.logo == digest)
    )
    return _found(query)


def fairs_file(digest: str, *, large: bool) -> bytes:
    """The fair's logo as WebP. Raises NotFound for one that it has no longer."""
    column = FairLogo.large if large else FairLogo.small
    return _found(select(column).join(Fair, Fair.id == FairLogo.fair_id).where(Fair.logo == digest))


def _found(query: Select[bytes]) -> bytes:
    with read_transaction() as connection:
        found = connection.execute(query).scalar()
    if found is None:
        raise NotFound("logo")
    return found
