"""Ending the calls, holds and door signs whose time is over."""

from __future__ import annotations

from datetime import datetime

from jobfair.db.transactions import autocommit, call_length_of
from jobfair.domain.decisions import door_sign
from jobfair.domain.decisions.expiry import CallLength, ElapsedTime, expire, expiry_event
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.loading import LoadSpec, called_entries, signed_companies
from jobfair.unit_of_work.transaction import write_transaction

AT_ONCE = 25
"""Entries, or companies, in one transaction at most, so that others get the lock in between."""


def call_length() -> CallLength:
    """How long a call lasts at this fair."""
    with autocommit() as connection:
        return call_length_of(connection)


def pass_time(now: datetime, since: datetime, length: CallLength) -> bool:
    """End what is due, in one transaction. Without anything due it takes no lock.

    `since` is the time from which on the caller has seen the clock run evenly. Returns whether
    more is due. Several processes may call it at once: the second finds nothing due.
    """
    time = ElapsedTime(now, since, length)
    with autocommit() as connection:
        called, signed = called_entries(connection), signed_companies(connection)
    due = [entry.id for entry in called if expiry_event(entry, time)]
    signs = [company.id for company in signed if door_sign.is_over(company, now)]
    if not due and not signs:
        return False
    with write_transaction(actors.SYSTEM) as work:
        for entry_id in due[:AT_ONCE]:
            # One after the other, each with the queue as the one before has left it.
            hall = work.load(LoadSpec(entry=entry_id))
            work.carry_out(actors.SYSTEM, hall, expire(hall, entry_id, time))
        for company_id in signs[:AT_ONCE]:
            hall = work.load(LoadSpec(companies=(company_id,)))
            work.carry_out(actors.SYSTEM, hall, door_sign.expire(hall, company_id, now))
    return max(len(due), len(signs)) > AT_ONCE
