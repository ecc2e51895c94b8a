"""The PIN of a stand, which its link asks for on a new device. Only its hash is stored."""

from __future__ import annotations

import secrets

from sqlalchemy import bindparam, select, update

from jobfair.db.transactions import read_transaction
from jobfair.domain.events import Event, LinksTaken, PinRemoved, PinSet
from jobfair.exceptions import NotFound
from jobfair.models import Company
from jobfair.security.hashing.passwords import hash_password
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import UnitOfWork, write_transaction

DIGITS = 6
"""The length of a PIN that is made here: it cannot be guessed within a day."""

_WITHOUT = select(Company.id).where(Company.pin_hash.is_(None)).order_by(Company.id)
"""The companies without a PIN."""


def set_pin(actor: Actor, company_id: int, pin: str) -> None:
    """Let a company's link ask for a new PIN; every device has to enter it.

    Raises NotFound.
    """
    pin_hash = hash_password(pin)
    with write_transaction(actor) as work:
        _record(actor, work, PinSet(company_id), pin_hash)


def give_pins(actor: Actor) -> dict[int, str]:
    """Give a PIN to each company without one, and record that they leave as a file.

    Returns the PINs by company; they are stored nowhere. It takes some 40 ms for each, before
    the fair's lock is taken. A company that has got a PIN meanwhile keeps that one.
    """
    with read_transaction() as connection:
        without = connection.execute(_WITHOUT).scalars().all()
    made = {company_id: f"{secrets.randbelow(10**DIGITS):0{DIGITS}}" for company_id in without}
    hashes = {company_id: hash_password(pin) for company_id, pin in made.items()}
    with write_transaction(actor) as work:
        still = work.connection.execute(_WITHOUT).scalars().all()
        given = {each: made[each] for each in still if each in made}
        if given:
            _store(work, {each: hashes[each] for each in given})
            events: tuple[Event, ...] = (
                *map(PinSet, given),
                LinksTaken(len(given), pins=True),
            )
            work.carry_out(actor, work.load(LoadSpec(companies=tuple(given))), events)
    return given


def note_links_taken(actor: Actor, links: int) -> None:
    """Record that somebody took this many stands' links as a file."""
    with write_transaction(actor) as work:
        work.record(actor, LinksTaken(links))


def remove_pin(actor: Actor, company_id: int) -> None:
    """Let a company's link ask for no PIN any more. Twice is no error. Raises NotFound."""
    with write_transaction(actor) as work:
        company = select(Company.pin_hash).where(Company.id == company_id)
        asking = work.connection.execute(company).first()
        if asking is None:
            raise NotFound("company")
        if asking.pin_hash is not None:
            _record(actor, work, PinRemoved(company_id), None)


def _store(work: UnitOfWork, hashes: dict[int, str]) -> None:
    table = Company.__table__
    statement = (
        update(table).where(table.c.id == bindparam("whose")).values(pin_hash=bindparam("h"))
    )
    rows = [{"whose": company_id, "h": pin_hash} for company_id, pin_hash in hashes.items()]
    work.connection.execute(statement, rows)


def _record(
    actor: Actor, work: UnitOfWork, event: PinSet | PinRemoved, pin_hash: str | None
) -> None:
    changed = update(Company).where(Company.id == event.company_id).values(pin_hash=pin_hash)
    if not work.connection.execute(changed).rowcount:
        raise NotFound("company")
    work.carry_out(actor, work.load(LoadSpec(companies=(event.company_id,))), (event,))
