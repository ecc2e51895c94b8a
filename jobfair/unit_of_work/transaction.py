"""The one way to write: lock the fair, load, let the domain decide, store, commit, then hint.

One writer at a time per fair. On PostgreSQL the fair's row is the lock; on SQLite the write
transaction itself is. Nothing read before the lock enters a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, select, update

from jobfair import clock, metrics
from jobfair.catalogue.records import JournalRecord
from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import unlocked_transaction
from jobfair.domain.events import Event, Recorded
from jobfair.domain.evolve import advance
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.feed import hints
from jobfair.models import LOT_SEALED, Fair
from jobfair.unit_of_work import idempotency_keys
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec, load
from jobfair.unit_of_work.storing import store

_LOCK = CompiledStatement(
    select(Fair.phase, Fair.revision, LOT_SEALED).with_for_update(key_share=True)
)

EventType = TypeVar("EventType", bound=Event)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Committed:
    """A decision that was carried out: its events, and those of the turns it began or ended."""

    recorded: Sequence[Recorded] = ()

    def events(self, kind: type[EventType]) -> list[EventType]:
        """The events of one kind, in order."""
        return [each.event for each in self.recorded if isinstance(each.event, kind)]


Decision = Callable[[LoadedHall], tuple[Event, ...] | Refusal]


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Result]):
    """A decision that somebody asks for.

    `decide` returns its events or a refusal. `result` makes the caller's result right after the
    decision, before others that share the transaction change the hall.
    """

    actor: Actor
    decide: Decision
    result: Callable[[LoadedHall, Committed], Result]


@dataclass(slots=True)
class UnitOfWork:
    """A write transaction that holds the fair's lock.

    `number` is the newest journal number, `written` are the journal rows it has added.
    `lot_sealed` says that positions are still to be drawn (rule 17).
    """

    connection: Connection
    phase: Phase
    number: int
    lot_sealed: bool
    at: datetime
    written: list[JournalRecord] = field(default_factory=list)

    def load(self, *load_specs: LoadSpec) -> LoadedHall:
        """The part of the fair that these decisions need, read under the lock."""
        return load(self.connection, self.phase, self.number, self.lot_sealed, load_specs)

    def carry_out(
        self, actor: Actor, hall: LoadedHall, verdict: tuple[Event, ...] | Refusal
    ) -> Committed | Refusal:
        """Store a decision that was taken on a loaded hall; the transaction stays open.

        Returns its events, or the refusal, in which case nothing is stored.
        """
        proposal = Proposal(actor, lambda _hall: verdict, lambda _hall, committed: committed)
        outcome: Committed | Refusal
        (outcome,) = self.decide(hall, [proposal])
        return outcome

    def record(self, actor: Actor, *events: Event) -> None:
        """Store events that concern no queue; the transaction stays open."""
        self.carry_out(actor, self.load(), events)

    def set_fair(self, **values: Any) -> None:
        """Change columns of the fair's own row."""
        self.connection.execute(update(Fair).values(values))

    def decide(self, hall: LoadedHall, proposals: Sequence[Proposal[Any]]) -> list[Any]:
        """Take decisions one after the other on a loaded hall, and store them together.

        Returns the result or refusal of each. Raises what a decision raises.
        """
        before = (dict(hall.companies), dict(hall.students), dict(hall.entries))
        outcomes, changes = [], []
        for each in proposals:
            verdict = each.decide(hall)
            if isinstance(verdict, Refusal):
                outcomes.append(verdict)
                continue
            committed = Committed(advance(hall, verdict, self.at))
            outcomes.append(each.result(hall, committed))
            if committed.recorded:
                changes.append((each.actor, committed.recorded))
        if changes:
            self.written += store(self.connection, before, hall, changes)
            self.number = hall.number
        return outcomes


@contextmanager
def write_transaction(actor: Actor) -> Iterator[UnitOfWork]:
    """A write transaction that holds the fair's lock.

    Commits unless an exception passes, then sends the hint. Raises Repeated when the actor's
    request was carried out before.
    """
    with unlocked_transaction() as connection:
        work = _locked(connection)
        idempotency_keys.store_key(connection, work.at, actor.request)
        start = work.number
        yield work
    idempotency_keys.mark_stored(actor.request)
    if work.number != start:
        hints.send(work.number, work.written)
        metrics.committed(row.kind for row in work.written)


def _locked(connection: Connection) -> UnitOfWork:
    ((phase, number, lot_sealed),) = _LOCK.rows(connection)
    return UnitOfWork(connection, phase, number, bool(lot_sealed), clock.now())
