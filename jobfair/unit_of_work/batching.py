"""Decisions that wait at the same moment share one transaction.

When a fair opens, or ten interviews end together, every writer would wait for the lock, the commit
and the hint of all before it. Here the first to get the lock also carries out the decisions that
wait in the same process. They are taken one after the other, each on the hall as the one before
left it, and stored together. The journal is the same as if each had a transaction of its own.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from types import SimpleNamespace
from typing import Any, overload

from sqlalchemy.exc import InterfaceError, OperationalError

from jobfair.domain.refusals import Refusal
from jobfair.extensions import PerApp
from jobfair.unit_of_work import idempotency_keys
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.idempotency_keys import IdempotentRequest
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import (
    Committed,
    Decision,
    Proposal,
    Result,
    write_transaction,
)

TOGETHER = 16
"""Decisions in one transaction at most: each holds the lock for two or three milliseconds."""

BUSY_SECONDS = 0.025
GATHERING_SECONDS = 0.002
"""A batch that begins within BUSY_SECONDS after another first sleeps GATHERING_SECONDS, so that
other requests get as far as here. Without that there would be no batches: a greenlet that has
begun runs until its response."""

_batch_lock = Lock()
_last_batch = SimpleNamespace(ended_at=0.0)


@dataclass(eq=False, slots=True)
class _PendingDecision:
    """A decision that waits, and its outcome. `alone`: it shares its transaction with no other."""

    load_spec: LoadSpec
    proposal: Proposal[Any]
    alone: bool
    outcome: Any = None
    error: Exception | None = None

    @property
    def waits(self) -> bool:
        return self.outcome is None and self.error is None

    @property
    def request(self) -> IdempotentRequest | None:
        return self.proposal.actor.request


_waiting: PerApp[deque[_PendingDecision]] = PerApp(deque)


@overload
def transact(actor: Actor, load_spec: LoadSpec, decide: Decision) -> Committed | Refusal: ...


@overload
def transact(
    actor: Actor,
    load_spec: LoadSpec,
    decide: Decision,
    result: Callable[[LoadedHall, Committed], Result],
) -> Result | Refusal: ...


def transact(
    actor: Actor,
    load_spec: LoadSpec,
    decide: Decision,
    result: Callable[[LoadedHall, Committed], Any] = lambda _hall, committed: committed,
) -> Any:
    """Carry out one decision, in a transaction of its own or a shared one.

    `decide` gets the hall that `load_spec` asks for. `result` makes the caller's result from the
    hall after the decision; without it the result is the `Committed`. Another thread may call
    both. Returns the result, or the refusal, and then nothing is stored. An exception rolls back.
    Raises Repeated when the actor's request was carried out before.
    """
    own = _PendingDecision(load_spec, Proposal(actor, decide, result), alone=not load_spec.is_small)
    waiting = _waiting.get()
    waiting.append(own)
    try:
        with _batch_lock:
            if own.waits and time.monotonic() - _last_batch.ended_at < BUSY_SECONDS:
                time.sleep(GATHERING_SECONDS)
            while own.waits:
                _carry_out(own, waiting)
                _last_batch.ended_at = time.monotonic()
    finally:
        if own in waiting:
            waiting.remove(own)
    if own.error is not None:
        raise own.error
    return own.outcome


def _carry_out(own: _PendingDecision, waiting: deque[_PendingDecision]) -> None:
    """Carry out a decision with others that wait. If that fails, each is tried again alone."""
    together = [own]
    try:
        with write_transaction(own.proposal.actor) as work:
            # Chosen only now: others came while this one waited for the lock.
            together = [own] if own.alone else _in_order(own, waiting)
            for each in together:
                if each is not own:
                    idempotency_keys.store_key(work.connection, work.at, each.request)
            hall = work.load(*(each.load_spec for each in together))
            outcomes = work.decide(hall, [each.proposal for each in together])
    except Exception as error:  # noqa: BLE001 - the request that waits for it raises it
        # After a lost connection it may have been committed: it must not be tried again.
        final = len(together) == 1 or isinstance(error, OperationalError | InterfaceError)
        for each in together:
            each.alone = True
            each.error = error if final else None
        return
    for each, outcome in zip(together, outcomes, strict=True):
        each.outcome = outcome
        idempotency_keys.mark_stored(each.request)


def _in_order(own: _PendingDecision, waiting: Iterable[_PendingDecision]) -> list[_PendingDecision]:
    """A decision and those that can share its transaction, in the order in which they came."""
    free = [each for each in waiting if each is own or (each.waits and not each.alone)]
    return free[:TOGETHER] if own in free[:TOGETHER] else [*free[: TOGETHER - 1], own]
