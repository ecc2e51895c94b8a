"""Creating companies and changing them (flow 6, rules 6, 8, 10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from string import ascii_uppercase
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from jobfair.domain.decisions import overrides, stands
from jobfair.domain.events import (
    Audience,
    CompanyCreated,
    Event,
    MessageSent,
    TokenRegenerated,
)
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import CompanyStatus, Hall
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.companies import FIELDS, NewCompany
from jobfair.fields.input.company_names import name_key
from jobfair.fields.input.edits import NOTHING_SEEN, overtaken
from jobfair.models import Company
from jobfair.security import link_tokens
from jobfair.services.companies import link_mails
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed, UnitOfWork, write_transaction

LETTERS = ascii_uppercase
"""The names of a stand's devices, in the order in which they opened its link."""

_CARD = [each for each in FIELDS if each.event]
"""The fields that no rule looks at."""


def create(actor: Actor, company: NewCompany) -> int | Refusal:
    """Create a company with a new link. Returns its id, or `name_taken`."""
    with write_transaction(actor) as work:
        return insert_company(work, actor, company)


def insert_company(work: UnitOfWork, actor: Actor, company: NewCompany) -> int | Refusal:
    """The same within the caller's transaction."""
    if _name_taken(work.connection, company.name):
        return Refusal(RequestCode.NAME_TAKEN)
    company_id: int = work.connection.execute(
        insert(Company).values(new_row(company, work.at)).returning(Company.id)
    ).scalar_one()
    work.record(actor, created(company_id, company))
    return company_id


def new_row(company: NewCompany, at: datetime) -> dict[str, Any]:
    """The database row of a company created at a time, with a new token."""
    own = {"name_key": name_key(company.name), "token": link_tokens.new(), "created_at": at}
    return asdict(company) | own


def created(company_id: int, company: NewCompany) -> CompanyCreated:
    """The event that records a new company."""
    return CompanyCreated(
        company_id, company.name, company.status, company.slots, company.queue_limit
    )


def edit(
    actor: Actor,
    company_id: int,
    changes: Mapping[str, Any],
    seen: Mapping[str, str] = NOTHING_SEEN,
) -> Committed | Refusal:
    """Change a company, all at once or not at all.

    `changes` holds new values by the names of `fields.companies.companies.FIELDS`, `seen` the
    values that the editor saw. Returns `changed_meanwhile` if somebody has changed one since, and
    `name_taken` if another company has the name. Raises NotFound.
    """
    with write_transaction(actor) as work:
        return edit_within(work, actor, company_id, changes, seen)


def edit_within(
    work: UnitOfWork,
    actor: Actor,
    company_id: int,
    changes: Mapping[str, Any],
    seen: Mapping[str, str],
) -> Committed | Refusal:
    """The same within the caller's transaction."""
    hall = work.load(LoadSpec(companies=(company_id,), slots=changes.get("slots", 0)))
    hall.known_company(company_id)
    before = _fields(work.connection, company_id)
    if overtaken(changes, seen, before):
        return Refusal(RequestCode.CHANGED_MEANWHILE)
    name = changes.get("name")
    if name is not None and _name_taken(work.connection, name, company_id):
        return Refusal(RequestCode.NAME_TAKEN)
    _write_card(work.connection, company_id, changes)
    return work.carry_out(actor, hall, _edited(hall, company_id, changes, before))


def edit_many(
    work: UnitOfWork, hall: Hall, changes: Mapping[int, Mapping[str, Any]]
) -> tuple[Event, ...]:
    """Store several companies' fields within the caller's transaction, which has compared them.

    `changes` has for each, by its id, the new values. Returns the events to carry out in the hall,
    which has to hold them and the heads of their queues.
    """
    events: list[Event] = []
    for company_id, values in changes.items():
        before = _fields(work.connection, company_id)
        _write_card(work.connection, company_id, values)
        events += _edited(hall, company_id, values, before)
    return tuple(events)


def _fields(connection: Connection, company_id: int) -> dict[str, Any]:
    """All fields of a company, as they are stored."""
    columns = [getattr(Company, each.name) for each in FIELDS]
    row = connection.execute(select(*columns).where(Company.id == company_id)).one()
    return dict(row._mapping)


def _write_card(connection: Connection, company_id: int, changes: Mapping[str, Any]) -> None:
    """Store the changed fields of `_CARD`."""
    card = {each.name: changes[each.name] for each in _CARD if each.name in changes}
    if "name" in card:
        card["name_key"] = name_key(card["name"])
    if card:
        connection.execute(update(Company).where(Company.id == company_id).values(card))


def _edited(
    hall: Hall, company_id: int, changes: Mapping[str, Any], before: Mapping[str, Any]
) -> tuple[Event, ...]:
    events: list[Event] = [
        each.event(company_id, before[each.name], changes[each.name])
        for each in _CARD
        if each.event and changes.get(each.name, before[each.name]) != before[each.name]
    ]
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
    """Give a company a new link; the old one stops working. Returns the token. Raises NotFound."""
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(companies=(company_id,)))
        hall.known_company(company_id)
        work.carry_out(actor, hall, (TokenRegenerated(company_id),))
        return renew_link(work.connection, company_id)


def renew_link(connection: Connection, company_id: int) -> str:
    """Store a new link within the caller's transaction: nobody has opened it, or got it by mail."""
    token = link_tokens.new()
    connection.execute(
        update(Company)
        .where(Company.id == company_id)
        .values(token=token, link_opened_at=None, devices=0)
    )
    link_mails.forget(connection, [company_id])
    return token


def give_letter(actor: Actor, token: str) -> str | None:
    """Give a letter to a device that opens a company's screen, and note when the first one did.

    Returns the letter, by which the stand's other devices hear who did what; None after Z, and for
    a replaced link.
    """
    with write_transaction(actor) as work:
        given = work.connection.execute(
            update(Company)
            .where(Company.token == token, Company.devices < len(LETTERS))
            .values(
                devices=Company.devices + 1,
                link_opened_at=func.coalesce(Company.link_opened_at, work.at),
            )
            .returning(Company.devices)
        ).scalar()
    return None if given is None else LETTERS[given - 1]


def delete(actor: Actor, company_id: int) -> Committed | Refusal:
    """Delete a company; students in an interview there become available (rule 10)."""

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        hall.known_company(company_id)
        return overrides.delete_company(hall, company_id)

    return transact(actor, LoadSpec(everything=True), decide)


def leave(actor: Actor, company_id: int, text: str) -> Committed | Refusal:
    """A stand leaves: its queue is closed, it is paused, and the students who wait there are told
    `text`.

    Nothing where it has left already. Raises NotFound.
    """

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        hall.known_company(company_id)
        left = stands.leave(hall, company_id)
        told = tuple(entry.student_id for entry in hall.waiting_at(company_id))
        message = MessageSent(Audience.QUEUE, text, company_id, students=told)
        return (*left, *((message,) if left and told else ()))

    return transact(actor, LoadSpec(companies=(company_id,), whole=True), decide)


def pause_all(actor: Actor, text: str | None = None) -> Committed | Refusal:
    """Pause every company, and tell everyone why where there is a `text`."""

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        message = (MessageSent(Audience.EVERYONE, text, alarm=True),) if text else ()
        return (*stands.pause_all(hall), *message)

    return transact(actor, LoadSpec(everything=True), decide)


def resume_all(
    actor: Actor, stay: Collection[int] = (), text: str | None = None
) -> Committed | Refusal:
    """Resume the companies that `pause_all` paused, but those that `stay` paused, and tell
    everyone where there is a `text`.

    Those that paused by themselves stay so.
    """

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        message = (MessageSent(Audience.EVERYONE, text),) if text else ()
        return (*stands.resume_all(hall, stay), *message)

    return transact(actor, LoadSpec(everything=True), decide)


def _name_taken(connection: Connection, name: str, exclude: int | None = None) -> bool:
    taken = select(Company.id).where(
        Company.name_key == name_key(name), Company.id != (exclude or 0)
    )
    return connection.execute(taken).first() is not None
