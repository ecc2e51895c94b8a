"""The one way to write: lock the fair, load, let the domain decide, store, commit, then hint.

One writer at a time per fair. On PostgreSQL the fair's row is the lock; on SQLite the write
transaction itself is. Nothing read before the lock enters a decision.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import TypeVar

from sqlalchemy import Connection, Engine, RootTransaction, select
from sqlalchemy.exc import OperationalError

from jobfair import clock, metrics
from jobfair.catalogue.records import JournalRecord
from jobfair.db import postgres_wait
from jobfair.db.statements import CompiledStatement
from jobfair.domain.events import Event, Recorded, kind
from jobfair.domain.evolve import advance
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Hall, Phase
from jobfair.extensions import db
from jobfair.feed import hub, waking
from jobfair.models import Fair
from jobfair.unit_of_work import idempotency_keys
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec, load
from jobfair.unit_of_work.storing import store

FAIR_ID = 1
_LOCK = CompiledStatement(
    select(Fair.phase, Fair.revision).where(Fair.id == FAIR_ID).with_for_update(key_share=True)
)
BUSY_SECONDS = 5.0
BUSY_PAUSE_SECONDS = 0.01

# One writer at a time in this process, whatever the database: the others wait here, where gevent
# can run something else. Within SQLite they would block the process inside C code. To PostgreSQL
# a process whose writers all queue is one that is granted the lock while it is busy elsewhere.
_writer = Lock()


@dataclass(frozen=True, slots=True)
class Committed:
    """A transition that took place: what happened, and the hall as it is now."""

    hall: Hall
    recorded: list[Recorded] = field(default_factory=list)

    def events(self, kind: type[EventType]) -> list[EventType]:
        """The events of one kind, in order."""
        return [each.event for each in self.recorded if isinstance(each.event, kind)]


EventType = TypeVar("EventType", bound=Event)
Decision = Callable[[Hall], tuple[Event, ...] | Refusal]


@dataclass(slots=True)
class UnitOfWork:
    """A write transaction that holds the fair's lock; `number` is where its journal stands,
    `written` are the rows that it has added."""

    connection: Connection
    phase: Phase
    number: int
    at: datetime
    recorded: list[Recorded] = field(default_factory=list)
    written: list[JournalRecord] = field(default_factory=list)

    def load(self, *needs: LoadSpec) -> Hall:
        """The part of the fair that so many decisions need to see, as it is under the lock."""
        return load(self.connection, self.phase, self.number, needs)

    def carry_out(
        self, actor: Actor, hall: Hall, verdict: tuple[Event, ...] | Refusal
    ) -> Committed | Refusal:
        """Store what was decided on a loaded hall; the transaction stays open.

        Returns what happened, or the refusal, in which case nothing is stored.
        """
        (outcome,) = self.decide(hall, [(actor, lambda _hall: verdict)])
        return outcome

    def decide(
        self, hall: Hall, decisions: Sequence[tuple[Actor, Decision]]
    ) -> list[Committed | Refusal]:
        """Take decisions on a loaded hall, each on what the one before it left, and store them.

        Returns what became of each. Raises what a decision raises.
        """
        before = (dict(hall.companies), dict(hall.students), dict(hall.entries))
        outcomes = [self._decide(hall, decide) for _, decide in decisions]
        changes = [
            (actor, outcome.recorded)
            for (actor, _), outcome in zip(decisions, outcomes, strict=True)
            if isinstance(outcome, Committed) and outcome.recorded
        ]
        if changes:
            self.written += store(self.connection, FAIR_ID, before, hall, changes)
            self.number = hall.number
        self.recorded += [each for _, recorded in changes for each in recorded]
        return outcomes

    def _decide(self, hall: Hall, decide: Decision) -> Committed | Refusal:
        verdict = decide(hall)
        if isinstance(verdict, Refusal):
            return verdict
        return Committed(hall, advance(hall, verdict, self.at))


@contextmanager
def write_transaction(actor: Actor) -> Iterator[UnitOfWork]:
    """A write transaction with the fair's lock taken, by whoever acts.

    Commits unless an exception passes; only then does the hint go out that something changed.
    Raises Repeated when the request under which they act has been carried out before.
    """
    with waking.acting(), _transaction(db.engine) as connection:
        work = _locked(connection)
        idempotency_keys.take(connection, work.at, actor.request)
        start = work.number
        yield work
    idempotency_keys.taken(actor.request)
    if work.number != start:
        hub.send(work.number, work.written)
        metrics.committed(kind(each.event) for each in work.recorded)


@contextmanager
def unlocked_transaction() -> Iterator[Connection]:
    """A write transaction beside the fair's lock, for what no rule looks at and nobody is shown.

    Commits unless an exception passes.
    """
    with _transaction(db.engine) as connection:
        yield connection


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    if engine.dialect.name != "sqlite":
        with _writer, engine.begin() as connection:
            postgres_wait.hurry(connection)
            yield connection
        return
    with _writer, engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with _begin_when_free(connection):
            yield connection


def _begin_when_free(connection: Connection) -> RootTransaction:
    # The command line is a second process: wait for it without holding up this one.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return connection.begin()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(BUSY_PAUSE_SECONDS)


def _locked(connection: Connection) -> UnitOfWork:
    ((phase, number),) = _LOCK.rows(connection)
    return UnitOfWork(connection, phase, number, clock.now())
