"""The PIN of a stand, which its link asks for on a new device. Only its hash is stored."""

from __future__ import annotations

from sqlalchemy import select, update

from jobfair.domain.events import PinRemoved, PinSet
from jobfair.exceptions import NotFound
from jobfair.models import Company
from jobfair.security.passwords import hash_password
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction


def set_pin(actor: Actor, company_id: int, pin: str) -> None:
    """Let a company's link ask for a new PIN; every device has to enter it.

    Raises NotFound.
    """
    pin_hash = hash_password(pin)
    with write_transaction(actor) as work:
        _record(actor, work, PinSet(company_id), pin_hash)


def remove_pin(actor: Actor, company_id: int) -> None:
    """Let a company's link ask for no PIN any more. Twice is no error. Raises NotFound."""
    with write_transaction(actor) as work:
        company = select(Company.pin_hash).where(Company.id == company_id)
        asking = work.connection.execute(company).first()
        if asking is None:
            raise NotFound("company")
        if asking.pin_hash is not None:
            _record(actor, work, PinRemoved(company_id), None)


def _record(
    actor: Actor, work: UnitOfWork, event: PinSet | PinRemoved, pin_hash: str | None
) -> None:
    changed = update(Company).where(Company.id == event.company_id).values(pin_hash=pin_hash)
    if not work.connection.execute(changed).rowcount:
        raise NotFound("company")
    work.carry_out(actor, work.load(LoadSpec(companies=(event.company_id,))), (event,))
