"""Creating companies and changing them (flow 6, rules 6, 8, 10)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from jobfair.domain import overrides, stands
from jobfair.domain.events import (
    CompanyCreated,
    CompanyMoved,
    CompanyRenamed,
    Event,
    TokenRegenerated,
)
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import CompanyStatus, Hall
from jobfair.exceptions import RequestCode
from jobfair.fields.company_names import name_key
from jobfair.models import Company
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed, UnitOfWork, write_transaction


@dataclass(frozen=True, slots=True)
class NewCompany:
    """What a company is made from (flow 6)."""

    name: str
    stand: str | None = None
    slots: int = 1
    queue_limit: int | None = None
    status: CompanyStatus = CompanyStatus.RECRUITING


def new_token() -> str:
    """A company's secret: 32 characters that nobody can guess."""
    return secrets.token_urlsafe(24)


def create(actor: Actor, company: NewCompany) -> int | Refusal:
    """Create a company with a link of its own; returns its id, or `name_taken`."""
    with write_transaction(actor) as work:
        return insert_company(work, actor, company)


def insert_company(work: UnitOfWork, actor: Actor, company: NewCompany) -> int | Refusal:
    """Create a company within a transaction of the caller's; returns as above."""
    if _name_taken(work.connection, company.name):
        return Refusal(RequestCode.NAME_TAKEN)
    company_id: int = work.connection.execute(
        insert(Company)
        .values(
            name=company.name,
            name_key=name_key(company.name),
            stand=company.stand,
            token=new_token(),
            status=company.status,
            slots=company.slots,
            queue_limit=company.queue_limit,
            created_at=work.at,
        )
        .returning(Company.id)
    ).scalar_one()
    work.record(
        actor,
        CompanyCreated(
            company_id, company.name, company.status, company.slots, company.queue_limit
        ),
    )
    return company_id


def edit(actor: Actor, company_id: int, changes: Mapping[str, Any]) -> Committed | Refusal:
    """Change a company, all at once or not at all.

    `changes` may hold name, stand, slots, queue_limit, status and queue_open. Returns
    `name_taken` when another company has the name. Raises NotFound.
    """
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(companies=(company_id,), slots=changes.get("slots", 0)))
        hall.known_company(company_id)
        name = changes.get("name")
        if name is not None and _name_taken(work.connection, name, company_id):
            return Refusal(RequestCode.NAME_TAKEN)
        stand = _write_card(work.connection, company_id, changes)
        return work.carry_out(actor, hall, _edited(hall, company_id, changes, stand))


def _write_card(connection: Connection, company_id: int, changes: Mapping[str, Any]) -> str | None:
    """Store what no rule looks at; returns the stand as it was."""
    before = connection.execute(select(Company.stand).where(Company.id == company_id)).scalar()
    card = {key: changes[key] for key in ("stand",) if key in changes}
    if "name" in changes:
        card["name_key"] = name_key(changes["name"])
    if card:
        connection.execute(update(Company).where(Company.id == company_id).values(card))
    return before


def _edited(
    hall: Hall, company_id: int, changes: Mapping[str, Any], stand: str | None
) -> tuple[Event, ...]:
    company = hall.companies[company_id]
    events: list[Event] = []
    if changes.get("name", company.name) != company.name:
        events.append(CompanyRenamed(company_id, company.name, changes["name"]))
    if changes.get("stand", stand) != stand:
        events.append(CompanyMoved(company_id, stand, changes["stand"]))
    if "slots" in changes:
        events += stands.set_slots(hall, company_id, changes["slots"])
    if "queue_limit" in changes:
        events += stands.set_queue_limit(hall, company_id, changes["queue_limit"])
    if "queue_open" in changes:
        events += stands.set_queue_open(hall, company_id, changes["queue_open"])
    if "status" in changes:
        events += stands.set_status(hall, company_id, CompanyStatus(changes["status"]))
    return tuple(events)


def regenerate_token(actor: Actor, company_id: int) -> str:
    """Give a company a new link; the old one is dead from then on. Raises NotFound."""
    token = new_token()
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(companies=(company_id,)))
        hall.known_company(company_id)
        work.carry_out(actor, hall, (TokenRegenerated(company_id),))
        work.connection.execute(update(Company).where(Company.id == company_id).values(token=token))
    return token


def delete(actor: Actor, company_id: int) -> Committed | Refusal:
    """Delete a company; students in an interview there become available (rule 10)."""

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        hall.known_company(company_id)
        return overrides.delete_company(hall, company_id)

    return transact(actor, LoadSpec(everything=True), decide)


def set_all_statuses(actor: Actor, status: CompanyStatus) -> Committed | Refusal:
    """Pause or resume every company."""

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        return tuple(
            event
            for company_id in sorted(hall.companies)
            for event in stands.set_status(hall, company_id, status)
        )

    return transact(actor, LoadSpec(everything=True), decide)


def _name_taken(connection: Connection, name: str, exclude: int | None = None) -> bool:
    taken = select(Company.id).where(
        Company.name_key == name_key(name), Company.id != (exclude or 0)
    )
    return connection.execute(taken).first() is not None
