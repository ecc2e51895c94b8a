"""What time alone does at the fair: holds and calls that are over."""

from __future__ import annotations

from datetime import datetime, timedelta

from jobfair.db.transactions import autocommit, call_minutes_of
from jobfair.domain.expiry import ElapsedTime, expire, expiry_event
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.loading import LoadSpec, called_entries
from jobfair.unit_of_work.transaction import write_transaction

AT_ONCE = 25
"""Entries dealt with in one transaction, so that others get the lock in between."""


def call_length() -> timedelta | None:
    """How long a call lasts at this fair, None where it does not end."""
    with autocommit() as connection:
        minutes = call_minutes_of(connection)
    return None if minutes is None else timedelta(minutes=minutes)


def pass_time(now: datetime, since: datetime, length: timedelta | None) -> bool:
    """Do what is due, in one transaction; nothing, and no lock taken, when nothing is.

    Takes the time, the moment from which on the caller has watched the clock run evenly, and
    how long a call lasts. Returns whether more is due than was done. Several may call this
    at once: who comes second finds nothing due.
    """
    time = ElapsedTime(now, since, length)
    with autocommit() as connection:
        called = called_entries(connection)
    due = [entry.id for entry in called if expiry_event(entry, time)]
    if not due:
        return False
    with write_transaction(actors.SYSTEM) as work:
        for entry_id in due[:AT_ONCE]:
            # One after the other, each with the queue as the one before has left it.
            hall = work.load(LoadSpec(entry=entry_id))
            work.carry_out(actors.SYSTEM, hall, expire(hall, entry_id, time))
    return len(due) > AT_ONCE
