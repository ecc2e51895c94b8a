"""The idempotency key of the current request: its header, and the request that was found by it.

A module of its own, because sign-in names the request in each actor, while `idempotency.py` has to
know who is signed in.
"""

from __future__ import annotations

from flask import g

from jobfair.unit_of_work.idempotency_keys import IdempotentRequest

HEADER = "Idempotency-Key"


def current() -> IdempotentRequest | None:
    """The current request, if it has an idempotency key."""
    keyed: IdempotentRequest | None = g.get("idempotent_request")
    return keyed


def set_current(keyed: IdempotentRequest | None) -> None:
    """Say which request this is, for the actor and for storing its answer; None to store none."""
    g.idempotent_request = keyed
