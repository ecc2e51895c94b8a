"""Decisions that are one transaction each, or share one with those that wait at the same moment.

When a fair opens, or ten interviews end together, every writer would wait for those before it to
lock, commit and tell of it. Whoever gets the lock takes along those who wait for it in the same
process: they are decided one after the other, each on what the one before left, and written
together. The journal is the same as if each had come alone.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from types import SimpleNamespace

from sqlalchemy.exc import InterfaceError, OperationalError

from jobfair.domain.refusals import Refusal
from jobfair.extensions import PerApp
from jobfair.unit_of_work import idempotency_keys
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import Committed, Decision, write_transaction

TOGETHER = 16
"""So many at most: the lock is held two or three milliseconds for each."""

BUSY_SECONDS = 0.025
GATHERING_SECONDS = 0.002
"""Whoever has the turn so soon after another lets requests that have arrived come as far as here.
Without that none ever waits: where greenlets share a process, a request that has begun goes on
until its answer."""

_turn = Lock()
_latest = SimpleNamespace(ended_at=0.0)


@dataclass(eq=False, slots=True)
class _PendingDecision:
    """A decision that waits for its turn, and what became of it; `alone`: it goes with no other."""

    actor: Actor
    need: LoadSpec
    decide: Decision
    alone: bool
    outcome: Committed | Refusal | None = None
    error: Exception | None = None

    @property
    def waits(self) -> bool:
        return self.outcome is None and self.error is None


_waiting: PerApp[deque[_PendingDecision]] = PerApp(deque)


def transact(actor: Actor, need: LoadSpec, decide: Decision) -> Committed | Refusal:
    """Run one decision as one transaction, or as a part of one.

    Takes who acts, what the decision has to see, and the decision itself, which may be taken by
    another thread. Returns what happened, or the refusal, in which case nothing is stored.
    Whatever it raises rolls back.
    """
    wish = _PendingDecision(actor, need, decide, alone=not need.small)
    waiting = _waiting.get()
    waiting.append(wish)
    try:
        with _turn:
            if wish.waits and time.monotonic() - _latest.ended_at < BUSY_SECONDS:
                time.sleep(GATHERING_SECONDS)
            while wish.waits:
                _carry_out(wish, waiting)
                _latest.ended_at = time.monotonic()
    finally:
        if wish in waiting:
            waiting.remove(wish)
    if wish.error is not None:
        raise wish.error
    assert wish.outcome is not None
    return wish.outcome


def _carry_out(own: _PendingDecision, waiting: deque[_PendingDecision]) -> None:
    """Carry out a wish with those that go along; if that fails, each is to come by itself."""
    together = [own]
    try:
        with write_transaction(own.actor) as work:
            # Only now: while this one waited for the lock, others came.
            together = [own] if own.alone else _in_order(own, waiting)
            for each in together:
                if each is not own:
                    idempotency_keys.take(work.connection, work.at, each.actor.request)
            hall = work.load(*(each.need for each in together))
            decisions = [(each.actor, each.decide) for each in together]
            outcomes = work.decide(hall, decisions)
    except Exception as error:  # noqa: BLE001 - whoever waits for it raises it
        # After a lost connection nobody knows whether it was committed: not to be done again.
        final = len(together) == 1 or isinstance(error, OperationalError | InterfaceError)
        for each in together:
            each.alone = True
            each.error = error if final else None
        return
    for each, outcome in zip(together, outcomes, strict=True):
        each.outcome = outcome
        idempotency_keys.taken(each.actor.request)


def _in_order(own: _PendingDecision, waiting: Iterable[_PendingDecision]) -> list[_PendingDecision]:
    """A wish and those that can go with it, whoever came first in front."""
    free = [each for each in waiting if each is own or (each.waits and not each.alone)]
    return free[:TOGETHER] if own in free[:TOGETHER] else [*free[: TOGETHER - 1], own]
