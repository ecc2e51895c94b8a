"""The acts on many companies at once; see `many_at_once`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select, update

from jobfair.domain.decisions import overrides, stands
from jobfair.domain.events import (
    Audience,
    CompanyDeleted,
    CompanyMoved,
    CompanyProfileChanged,
    CompanyRenamed,
    CompanyStatusChanged,
    Event,
    InterviewStarted,
    ManyAct,
    MessageSent,
    PinRemoved,
    PinSet,
    QueueClosed,
    QueueLimitChanged,
    QueueOpened,
    SlotsChanged,
    TokenRegenerated,
)
from jobfair.domain.state import CompanyStatus
from jobfair.models import RUNNING, WAITING, Company, Entry
from jobfair.security.hashing.passwords import hash_password
from jobfair.services import many_at_once
from jobfair.services.companies import companies
from jobfair.services.many_at_once import Batch, Kind, Subject
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec

MOST_SLOTS = 100
"""As many as a company's own form takes."""


def carry_out(
    actor: Actor, act: ManyAct, company_ids: Sequence[int], asked_at: int, value: str | None = None
) -> int:
    """Do the same to many companies; `value` is the hall (None for none), the message or the PIN.

    Returns the number of the `ManyChanged`; see `many_at_once.carry_out`.
    """
    needed = hash_password(value or "") if act is ManyAct.SET_PIN else value
    return many_at_once.carry_out(actor, COMPANIES, act, company_ids, asked_at, needed)


def pause(
    actor: Actor, company_ids: Sequence[int], asked_at: int, text: str | None
) -> tuple[int, int | None]:
    """Pause many companies, and tell those who wait there where there is a text.

    Returns the numbers of the two acts; None where nobody was told.
    """
    number = carry_out(actor, ManyAct.PAUSE, company_ids, asked_at)
    if not text:
        return number, None
    return number, carry_out(actor, ManyAct.MESSAGE, company_ids, asked_at, text)


def undo(actor: Actor, number: int) -> int:
    """Take an act back, by its number; see `many_at_once.undo`. Raises NotFound."""
    return many_at_once.undo(actor, COMPANIES, number)


def _load(connection: Connection, act: ManyAct, together: tuple[int, ...]) -> list[LoadSpec]:
    if act is not ManyAct.DELETE:
        return [LoadSpec(companies=together)]
    running = select(Entry.student_id).where(RUNNING, Entry.company_id.in_(together))
    students = connection.execute(running).scalars()
    return [
        LoadSpec(companies=together, whole=True),
        *(LoadSpec(student=each, spread=True) for each in students),
    ]


def _write(batch: Batch, company_id: int, **values: Any) -> None:
    batch.work.connection.execute(update(Company).where(Company.id == company_id).values(values))


def _stored(batch: Batch, company_id: int, column: Any) -> Any:
    query = select(column).where(Company.id == company_id)
    return batch.work.connection.execute(query).scalar()


def _pause(batch: Batch, company_id: int) -> tuple[Event, ...]:
    return stands.set_status(batch.hall, company_id, CompanyStatus.PAUSED)


def _resume(batch: Batch, company_id: int) -> tuple[Event, ...]:
    """A stand that left is brought back by its own page alone."""
    if batch.hall.companies[company_id].has_left:
        return ()
    return stands.set_status(batch.hall, company_id, CompanyStatus.RECRUITING)


def _status_before(batch: Batch, event: CompanyStatusChanged) -> tuple[Event, ...]:
    return stands.set_status(batch.hall, event.company_id, CompanyStatus(event.before))


def _add_slots(number: int) -> Callable[[Batch, int], tuple[Event, ...]]:
    def decide(batch: Batch, company_id: int) -> tuple[Event, ...]:
        slots = batch.hall.companies[company_id].slots + number
        return stands.set_slots(batch.hall, company_id, min(max(1, slots), MOST_SLOTS))

    return decide


def _slots_before(batch: Batch, event: SlotsChanged) -> tuple[Event, ...]:
    return stands.set_slots(batch.hall, event.company_id, event.before)


def _set_hall(batch: Batch, company_id: int) -> tuple[Event, ...]:
    before = _stored(batch, company_id, Company.hall)
    if before == batch.value:
        return ()
    _write(batch, company_id, hall=batch.value)
    return (CompanyProfileChanged(company_id, "hall", before, batch.value),)


def _hall_before(batch: Batch, event: CompanyProfileChanged) -> tuple[Event, ...]:
    return _set_hall(replace(batch, value=event.before), event.company_id)


def _send(batch: Batch, company_id: int) -> tuple[Event, ...]:
    waiting = select(Entry.student_id).where(Entry.company_id == company_id, WAITING)
    students = set(batch.work.connection.execute(waiting).scalars()) - batch.told
    batch.told.update(students)
    if not students:
        return ()
    to = tuple(sorted(students))
    return (MessageSent(Audience.QUEUE, batch.value, company_id, students=to),)


def _set_pin(batch: Batch, company_id: int) -> tuple[Event, ...]:
    _write(batch, company_id, pin_hash=batch.value)
    return (PinSet(company_id),)


def _remove_pin(batch: Batch, company_id: int) -> tuple[Event, ...]:
    if _stored(batch, company_id, Company.pin_hash) is None:
        return ()
    _write(batch, company_id, pin_hash=None)
    return (PinRemoved(company_id),)


def _new_link(batch: Batch, company_id: int) -> tuple[Event, ...]:
    companies.renew_link(batch.work.connection, company_id)
    return (TokenRegenerated(company_id),)


def _delete(batch: Batch, company_id: int) -> tuple[Event, ...]:
    return overrides.delete_company(batch.hall, company_id)


_STATUS = (CompanyStatusChanged,)
_SLOTS = (SlotsChanged,)
_PINS = (PinSet, PinRemoved)
_SETTINGS = (
    CompanyRenamed,
    CompanyMoved,
    CompanyProfileChanged,
    CompanyStatusChanged,
    QueueOpened,
    QueueClosed,
    QueueLimitChanged,
    SlotsChanged,
    TokenRegenerated,
    InterviewStarted,
)
"""A company about which such an event was stored meanwhile is not deleted: somebody works on it."""

_KINDS: Mapping[ManyAct, Kind] = MappingProxyType(
    {
        ManyAct.PAUSE: Kind(_pause, CompanyStatusChanged, _STATUS, _status_before),
        ManyAct.RESUME: Kind(_resume, CompanyStatusChanged, _STATUS, _status_before),
        ManyAct.MORE_SLOTS: Kind(_add_slots(1), SlotsChanged, _SLOTS, _slots_before),
        ManyAct.FEWER_SLOTS: Kind(_add_slots(-1), SlotsChanged, _SLOTS, _slots_before),
        ManyAct.HALL: Kind(
            _set_hall, CompanyProfileChanged, (CompanyProfileChanged,), _hall_before
        ),
        ManyAct.MESSAGE: Kind(_send, MessageSent),
        ManyAct.SET_PIN: Kind(_set_pin, PinSet, _PINS),
        ManyAct.REMOVE_PIN: Kind(_remove_pin, PinRemoved, _PINS),
        ManyAct.NEW_LINK: Kind(_new_link, TokenRegenerated, (TokenRegenerated,)),
        ManyAct.DELETE: Kind(
            _delete,
            CompanyDeleted,
            _SETTINGS,
            # A deletion looks at whole queues.
            size=1,
        ),
    }
)

COMPANIES = Subject(
    _KINDS,
    "company_id",
    lambda hall: hall.companies,
    _load,
    lambda hall, company_id: hall.companies[company_id].name,
)
