"""The companies that a student has starred. They are in no event and in no log."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from jobfair.exceptions import NotFound
from jobfair.models import Company, Favourite
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import write_transaction


def star(actor: Actor, company_id: int) -> None:
    """Make a company one of the student's favourites; twice is no error. Raises NotFound."""
    pair = {"student_id": actor.student_id, "company_id": company_id}
    with write_transaction(actor) as work:
        if work.connection.execute(select(Company.id).where(Company.id == company_id)).first():
            if not work.connection.execute(select(Favourite.company_id).filter_by(**pair)).first():
                work.connection.execute(insert(Favourite).values(**pair, created_at=work.at))
            return
    raise NotFound("company")


def unstar(actor: Actor, company_id: int) -> None:
    """Remove a company from the student's favourites; no error if it is none."""
    pair = {"student_id": actor.student_id, "company_id": company_id}
    with write_transaction(actor) as work:
        work.connection.execute(delete(Favourite).filter_by(**pair))
