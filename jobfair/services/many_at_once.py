"""One act on many companies or students at once, and taking it back.

300 companies are changed in short transactions, so that others get the fair's lock in between.
Each of them has an event, as if it had been changed by itself; the last event, stored with the last
of them, says what was done altogether, and by its number all of it can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, func, select

from jobfair.domain.events import Event, ManyAct, ManyChanged, MessageSent, kind
from jobfair.exceptions import NotFound
from jobfair.models import JournalRow
from jobfair.queries.admin.records import many_acts
from jobfair.services.fair import messages
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed, UnitOfWork, write_transaction

GRAVE = (ManyAct.NEW_LINK, ManyAct.DELETE, ManyAct.REMOVE)
"""These acts ask for the password again."""

BATCH = 20
"""How many in one transaction, which holds the fair's lock for some tens of milliseconds."""


@dataclass(slots=True)
class Batch:
    """Some of them under the fair's lock. `value` is what the act needs: a hall, a PIN's hash.

    `told` are those who have the message, so that a student in several of the queues gets it once.
    """

    actor: Actor
    work: UnitOfWork
    hall: LoadedHall
    value: Any = None
    told: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Kind:
    """What an act does to one company or student. `decide` returns no events if nothing would
    change.

    `made` are the kinds of its event and of the undo's event. Somebody about whom an event of the
    kinds in `minds` was stored since the organiser was asked is left out. `undo` returns the events
    that undo the act. `after` does further work for those who were changed, once the events are
    stored. `size` is how many are done in one transaction.
    """

    decide: Callable[[Batch, int], tuple[Event, ...]]
    made: type[Event] | tuple[type[Event], ...]
    minds: tuple[type[Event], ...] = ()
    undo: Callable[[Batch, Any], tuple[Event, ...]] | None = None
    after: Callable[[Batch, Sequence[int]], None] | None = None
    size: int = BATCH

    @property
    def can_be_undone(self) -> bool:
        """Whether an act can be taken back. A message is taken back from every screen."""
        return self.made is MessageSent or self.undo is not None


@dataclass(frozen=True, slots=True)
class Subject:
    """Companies or students, as the subject of acts.

    `field` is where events and the journal have their id. `there` finds them in a hall, `load`
    returns the load spec for some of them, and `left` the names or ids to store for those who are
    left out.
    """

    kinds: Mapping[ManyAct, Kind]
    field: str
    there: Callable[[LoadedHall], Mapping[int, Any]]
    load: Callable[[Connection, ManyAct, tuple[int, ...]], list[LoadSpec]]
    left: Callable[[LoadedHall, int], str]


def carry_out(
    actor: Actor,
    of: Subject,
    act: ManyAct,
    ids: Sequence[int],
    asked_at: int,
    value: Any = None,
) -> int:
    """Do the same to many. Returns the number of the `ManyChanged`.

    `asked_at` is the journal's number when the organiser was asked: one that was changed since
    then is left, and named. Those who are gone are left out.
    """
    what, outcome = of.kinds[act], ManyChanged(act, ())
    told: set[int] = set()
    for together, is_last in in_batches(ids, what.size):
        with write_transaction(actor) as work:
            hall = work.load(*of.load(work.connection, act, together))
            batch = Batch(actor, work, hall, value, told)
            since = dict.fromkeys(together, asked_at)
            outcome = _to_each(batch, of, what, since, partial(what.decide, batch), outcome)
            number = _record(work, actor, outcome) if is_last else 0
    return number


def undo(actor: Actor, of: Subject, number: int) -> int:
    """Take an act back, by its number: exactly what it did, where nothing came since.

    One that was changed since is left, and named. Returns the number of the `ManyChanged` that
    says so. Raises NotFound where there is no such act, or it cannot be taken back.
    """
    act = many_acts.done(number)
    what = kind_of(of, act)
    if act.undoes is not None or not what.can_be_undone:
        raise NotFound("act")
    outcome = ManyChanged(act.act, (), undoes=number)
    if what.undo is None:
        for each in act.rows:
            messages.withdraw(actor, each)
        with write_transaction(actor) as work:
            return _record(work, actor, replace(outcome, rows=act.rows))
    for together, is_last in in_batches(act.rows, BATCH):
        with write_transaction(actor) as work:
            made = many_acts.events(work.connection, together)
            before = {getattr(event, of.field): event for event in made.values()}
            since = {getattr(event, of.field): row for row, event in made.items()}
            hall = work.load(*of.load(work.connection, ManyAct(act.act), tuple(since)))
            batch = Batch(actor, work, hall)
            take_back = partial(_take_back, what.undo, batch, before)
            outcome = _to_each(batch, of, what, since, take_back, outcome)
            done = _record(work, actor, outcome) if is_last else 0
    return done


def kind_of(of: Subject, event: ManyChanged) -> Kind:
    """What was done, or taken back. Raises NotFound for an act on others than these."""
    kind = of.kinds.get(ManyAct(event.act))
    if kind is None:
        raise NotFound("act")
    return kind


def can_be_taken_back(of: Subject, number: int) -> bool:
    """Whether an act can be, and was not yet, by its number. Raises NotFound."""
    event = many_acts.done(number)
    return (
        kind_of(of, event).can_be_undone
        and event.undoes is None
        and bool(event.rows)
        and not many_acts.was_undone(number)
    )


def _take_back(
    undo: Callable[[Batch, Any], tuple[Event, ...]],
    batch: Batch,
    before: Mapping[int, Any],
    each: int,
) -> tuple[Event, ...]:
    return undo(batch, before[each])


def _to_each(
    batch: Batch,
    of: Subject,
    what: Kind,
    since: Mapping[int, int],
    decide: Callable[[int], tuple[Event, ...]],
    outcome: ManyChanged,
) -> ManyChanged:
    """Carry out a decision for each of a batch that nobody has changed since a number.

    Returns the outcome so far, with this batch.
    """
    newest = _newest(batch.work.connection, of.field, tuple(since), what.minds)
    here = [each for each in since if each in of.there(batch.hall)]
    left = [each for each in here if newest.get(each, 0) > since[each]]
    kept = tuple(of.left(batch.hall, each) for each in left)
    decided = {each: decide(each) for each in here if each not in left}
    events = tuple(event for events in decided.values() for event in events)
    committed = batch.work.carry_out(batch.actor, batch.hall, events)
    assert isinstance(committed, Committed)
    if what.after is not None:
        what.after(batch, [each for each, events in decided.items() if events])
    rows = tuple(each.number for each in committed.recorded if isinstance(each.event, what.made))
    return replace(
        outcome,
        rows=outcome.rows + rows,
        same=outcome.same + sum(not events for events in decided.values()),
        left=outcome.left + kept,
    )


def _record(work: UnitOfWork, actor: Actor, outcome: ManyChanged) -> int:
    """Store what was done altogether; returns its journal number."""
    work.record(actor, outcome)
    return work.number


def in_batches(numbers: Sequence[int], size: int) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Parts of the numbers, at least one, each with whether it is the last."""
    for start in range(0, max(1, len(numbers)), size):
        yield tuple(numbers[start : start + size]), start + size >= len(numbers)


def _newest(
    connection: Connection, field: str, ids: Sequence[int], kinds: Sequence[type[Event]]
) -> dict[int, int]:
    """The number of the newest event of these kinds, by whom it is about."""
    whom = getattr(JournalRow, field)
    rows = connection.execute(
        select(whom, func.max(JournalRow.number))
        .where(whom.in_(ids), JournalRow.kind.in_(map(kind, kinds)))
        .group_by(whom)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}
