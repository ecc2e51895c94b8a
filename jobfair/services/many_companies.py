"""One act on many companies at once, and taking it back.

300 companies are changed in short transactions, so that others get the fair's lock in between.
Each company has an event, as if it had been changed by itself; the last event, stored with the last
of them, says what was done altogether, and by its number all of it can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, func, select, update

from jobfair.domain import overrides, stands
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
    ManyChanged,
    MessageSent,
    PinRemoved,
    PinSet,
    QueueClosed,
    QueueLimitChanged,
    QueueOpened,
    SlotsChanged,
    TokenRegenerated,
    kind,
)
from jobfair.domain.state import CompanyStatus
from jobfair.exceptions import NotFound
from jobfair.models import RUNNING, WAITING, Company, Entry, JournalRow
from jobfair.queries.admin import many_acts
from jobfair.security import link_tokens
from jobfair.security.passwords import hash_password
from jobfair.services import messages
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed, UnitOfWork, write_transaction

BATCH = 20
"""Companies in one transaction, which holds the fair's lock for some tens of milliseconds."""

MOST_SLOTS = 100
"""As many as a company's own form takes."""


@dataclass(slots=True)
class _Batch:
    """Some companies under the fair's lock. `value` is what the act needs: a hall, a PIN's hash.

    `told` are those who have the message: who waits in several of the queues gets it once.
    """

    actor: Actor
    work: UnitOfWork
    hall: LoadedHall
    value: Any = None
    told: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What an act does to one company: `decide` returns no events where it is so already.

    `made` is the kind of its event. A company to which one of `minds` has happened since the
    organiser was asked is left. `undo` returns what takes the event back.
    """

    decide: Callable[[_Batch, int], tuple[Event, ...]]
    made: type[Event]
    minds: tuple[type[Event], ...] = ()
    undo: Callable[[_Batch, Any], tuple[Event, ...]] | None = None


def can_be_undone(act: ManyAct) -> bool:
    """Whether an act can be taken back. A message is taken back from every screen."""
    return act is ManyAct.MESSAGE or _KINDS[act].undo is not None


def carry_out(
    actor: Actor, act: ManyAct, company_ids: Sequence[int], asked_at: int, value: str | None = None
) -> int:
    """Do the same to many companies. Returns the number of the `ManyChanged`.

    `asked_at` is the journal's number when the organiser was asked: a company that was changed
    since then is left, and named. `value` is the hall (None for none), the message or the PIN.
    Companies that are gone are left out.
    """
    what, outcome = _KINDS[act], ManyChanged(act, ())
    needed = hash_password(value or "") if act is ManyAct.SET_PIN else value
    told: set[int] = set()
    # A deletion looks at whole queues.
    for together, is_last in _in_batches(company_ids, 1 if act is ManyAct.DELETE else BATCH):
        with write_transaction(actor) as work:
            hall = work.load(*_load_specs(work.connection, act, together))
            batch = _Batch(actor, work, hall, needed, told)
            since = dict.fromkeys(together, asked_at)
            outcome = _to_each(batch, what, since, partial(what.decide, batch), outcome)
            number = _record(work, actor, outcome) if is_last else 0
    return number


def undo(actor: Actor, number: int) -> int:
    """Take an act back, by its number: exactly what it did, where nothing came since.

    A company that was changed since is left, and named. Returns the number of the `ManyChanged`
    that says so. Raises NotFound where there is no such act, or it cannot be taken back.
    """
    act = many_acts.done(number)
    outcome = ManyChanged(act.act, (), undoes=number)
    if act.undoes is None and act.act == ManyAct.MESSAGE:
        for each in act.rows:
            messages.withdraw(actor, each)
        with write_transaction(actor) as work:
            return _record(work, actor, replace(outcome, rows=act.rows))
    what = _KINDS[ManyAct(act.act)]
    if act.undoes is not None or what.undo is None:
        raise NotFound("act")
    for together, is_last in _in_batches(act.rows, BATCH):
        with write_transaction(actor) as work:
            made = many_acts.events(work.connection, together)
            since = {event.company_id: row for row, event in made.items()}
            batch = _Batch(actor, work, work.load(LoadSpec(companies=tuple(since))))
            before = {event.company_id: event for event in made.values()}
            take_back = partial(_take_back, what.undo, batch, before)
            outcome = _to_each(batch, what, since, take_back, outcome)
            done = _record(work, actor, outcome) if is_last else 0
    return done


def _take_back(
    undo: Callable[[_Batch, Any], tuple[Event, ...]],
    batch: _Batch,
    before: Mapping[int, Any],
    company_id: int,
) -> tuple[Event, ...]:
    return undo(batch, before[company_id])


def _to_each(
    batch: _Batch,
    what: _Kind,
    since: Mapping[int, int],
    decide: Callable[[int], tuple[Event, ...]],
    outcome: ManyChanged,
) -> ManyChanged:
    """Carry out a decision for each company of a batch that nobody has changed since a number.

    Returns the outcome so far, with this batch.
    """
    newest = _newest(batch.work.connection, tuple(since), what.minds)
    here = [each for each in since if each in batch.hall.companies]
    left = [each for each in here if newest.get(each, 0) > since[each]]
    names = tuple(batch.hall.companies[each].name for each in left)
    decided = [decide(each) for each in here if each not in left]
    events = tuple(event for events in decided for event in events)
    committed = batch.work.carry_out(batch.actor, batch.hall, events)
    assert isinstance(committed, Committed)
    rows = tuple(each.number for each in committed.recorded if isinstance(each.event, what.made))
    return replace(
        outcome,
        rows=outcome.rows + rows,
        same=outcome.same + sum(not each for each in decided),
        left=outcome.left + names,
    )


def _record(work: UnitOfWork, actor: Actor, outcome: ManyChanged) -> int:
    """Store what was done altogether; returns its journal number."""
    work.record(actor, outcome)
    return work.number


def _in_batches(numbers: Sequence[int], size: int) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Parts of the numbers, at least one, each with whether it is the last."""
    for start in range(0, max(1, len(numbers)), size):
        yield tuple(numbers[start : start + size]), start + size >= len(numbers)


def _load_specs(connection: Connection, act: ManyAct, companies: tuple[int, ...]) -> list[LoadSpec]:
    if act is not ManyAct.DELETE:
        return [LoadSpec(companies=companies)]
    running = select(Entry.student_id).where(RUNNING, Entry.company_id.in_(companies))
    students = connection.execute(running).scalars()
    return [
        LoadSpec(companies=companies, whole=True),
        *(LoadSpec(student=each, spread=True) for each in students),
    ]


def _newest(
    connection: Connection, companies: Sequence[int], kinds: Sequence[type[Event]]
) -> dict[int, int]:
    """The number of the newest event of these kinds, by company."""
    rows = connection.execute(
        select(JournalRow.company_id, func.max(JournalRow.number))
        .where(JournalRow.company_id.in_(companies), JournalRow.kind.in_(map(kind, kinds)))
        .group_by(JournalRow.company_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def _write(batch: _Batch, company_id: int, **values: Any) -> None:
    batch.work.connection.execute(update(Company).where(Company.id == company_id).values(values))


def _stored(batch: _Batch, company_id: int, column: Any) -> Any:
    query = select(column).where(Company.id == company_id)
    return batch.work.connection.execute(query).scalar()


def _set_status(status: CompanyStatus) -> Callable[[_Batch, int], tuple[Event, ...]]:
    return lambda batch, company_id: stands.set_status(batch.hall, company_id, status)


def _status_before(batch: _Batch, event: CompanyStatusChanged) -> tuple[Event, ...]:
    return stands.set_status(batch.hall, event.company_id, CompanyStatus(event.before))


def _add_slots(number: int) -> Callable[[_Batch, int], tuple[Event, ...]]:
    def decide(batch: _Batch, company_id: int) -> tuple[Event, ...]:
        slots = batch.hall.companies[company_id].slots + number
        return stands.set_slots(batch.hall, company_id, min(max(1, slots), MOST_SLOTS))

    return decide


def _slots_before(batch: _Batch, event: SlotsChanged) -> tuple[Event, ...]:
    return stands.set_slots(batch.hall, event.company_id, event.before)


def _set_hall(batch: _Batch, company_id: int) -> tuple[Event, ...]:
    before = _stored(batch, company_id, Company.hall)
    if before == batch.value:
        return ()
    _write(batch, company_id, hall=batch.value)
    return (CompanyProfileChanged(company_id, "hall", before, batch.value),)


def _hall_before(batch: _Batch, event: CompanyProfileChanged) -> tuple[Event, ...]:
    return _set_hall(replace(batch, value=event.before), event.company_id)


def _send(batch: _Batch, company_id: int) -> tuple[Event, ...]:
    waiting = select(Entry.student_id).where(Entry.company_id == company_id, WAITING)
    students = set(batch.work.connection.execute(waiting).scalars()) - batch.told
    batch.told.update(students)
    if not students:
        return ()
    to = tuple(sorted(students))
    return (MessageSent(Audience.QUEUE, batch.value, company_id, students=to),)


def _set_pin(batch: _Batch, company_id: int) -> tuple[Event, ...]:
    _write(batch, company_id, pin_hash=batch.value)
    return (PinSet(company_id),)


def _remove_pin(batch: _Batch, company_id: int) -> tuple[Event, ...]:
    if _stored(batch, company_id, Company.pin_hash) is None:
        return ()
    _write(batch, company_id, pin_hash=None)
    return (PinRemoved(company_id),)


def _new_link(batch: _Batch, company_id: int) -> tuple[Event, ...]:
    _write(batch, company_id, token=link_tokens.new(), link_opened_at=None)
    return (TokenRegenerated(company_id),)


def _delete(batch: _Batch, company_id: int) -> tuple[Event, ...]:
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
"""Whose company somebody is at work on: it is not deleted over their head."""

_KINDS: Mapping[ManyAct, _Kind] = MappingProxyType(
    {
        ManyAct.PAUSE: _Kind(
            _set_status(CompanyStatus.PAUSED), CompanyStatusChanged, _STATUS, _status_before
        ),
        ManyAct.RESUME: _Kind(
            _set_status(CompanyStatus.RECRUITING), CompanyStatusChanged, _STATUS, _status_before
        ),
        ManyAct.MORE_SLOTS: _Kind(_add_slots(1), SlotsChanged, _SLOTS, _slots_before),
        ManyAct.FEWER_SLOTS: _Kind(_add_slots(-1), SlotsChanged, _SLOTS, _slots_before),
        ManyAct.HALL: _Kind(
            _set_hall, CompanyProfileChanged, (CompanyProfileChanged,), _hall_before
        ),
        ManyAct.MESSAGE: _Kind(_send, MessageSent),
        ManyAct.SET_PIN: _Kind(_set_pin, PinSet, _PINS),
        ManyAct.REMOVE_PIN: _Kind(_remove_pin, PinRemoved, _PINS),
        ManyAct.NEW_LINK: _Kind(_new_link, TokenRegenerated, (TokenRegenerated,)),
        ManyAct.DELETE: _Kind(_delete, CompanyDeleted, _SETTINGS),
    }
)
