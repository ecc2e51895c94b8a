"""A company's logo: setting it, and taking it away."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from jobfair.domain.events import CompanyLogoChanged
from jobfair.fields.companies.logos import Logo
from jobfair.models import Company, CompanyLogo
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction


def set_logo(actor: Actor, company_id: int, logo: Logo | None) -> None:
    """Set a company's logo, or take it away with None. Raises NotFound."""
    with write_transaction(actor) as work:
        write_logo(work, actor, company_id, logo)


def write_logo(work: UnitOfWork, actor: Actor, company_id: int, logo: Logo | None) -> None:
    """The same within the caller's transaction."""
    digest = None if logo is None else logo.digest
    hall = work.load(LoadSpec(companies=(company_id,)))
    hall.known_company(company_id)
    own = Company.id == company_id
    before = work.connection.execute(select(Company.logo).where(own)).scalar_one()
    if digest == before:
        return
    work.connection.execute(update(Company).where(own).values(logo=digest))
    work.connection.execute(delete(CompanyLogo).where(CompanyLogo.company_id == company_id))
    if logo is not None:
        files = {"small": logo.small, "large": logo.large}
        work.connection.execute(insert(CompanyLogo).values(company_id=company_id, **files))
    work.carry_out(actor, hall, (CompanyLogoChanged(company_id, before, digest),))
