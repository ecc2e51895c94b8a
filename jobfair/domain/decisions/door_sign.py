"""A company's door sign: a notice to its own queue, such as «Back in 20 min».

One at a time. It ends by being taken down, by its time, and when the company recruits again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from jobfair.domain.events import DoorSignPutUp, DoorSignTakenDown, Event
from jobfair.domain.reasons import SignDownBecause
from jobfair.domain.refusals import Code, Refusal
from jobfair.domain.state import Company, DoorSign, Hall, Phase

LASTS: Mapping[DoorSign, timedelta] = MappingProxyType(
    {
        DoorSign.BACK_IN_10: timedelta(minutes=10),
        DoorSign.BACK_IN_20: timedelta(minutes=20),
        DoorSign.LUNCH: timedelta(minutes=45),
        DoorSign.LATE: timedelta(minutes=30),
        # Nobody knows what it promises: it is not to stand there for the rest of the day.
        DoorSign.OWN_WORDS: timedelta(minutes=30),
    }
)
"""How long each sign stays at most."""


def put_up(
    hall: Hall, company_id: int, sign: DoorSign, text: str | None, now: datetime
) -> tuple[Event, ...] | Refusal:
    """Put up a sign for the queue; it replaces the one before.

    `text` goes with OWN_WORDS, and is None with any other.
    """
    if hall.phase is Phase.CLOSED:
        return Refusal(Code.FAIR_CLOSED)
    until = now + LASTS[sign]
    return (DoorSignPutUp(company_id, sign, text, until.isoformat()),)


def take_down(hall: Hall, company_id: int) -> tuple[Event, ...]:
    """Take the sign down. No error without a sign: two people may press the same button."""
    return taken_down(hall.companies[company_id], SignDownBecause.TAKEN_DOWN)


def taken_down(company: Company, because: SignDownBecause) -> tuple[Event, ...]:
    """The event by which a company's sign ends, or none where it has no sign."""
    return () if company.sign is None else (DoorSignTakenDown(company.id, because),)


def is_over(company: Company, now: datetime) -> bool:
    """Whether the time of a company's sign has passed."""
    return company.sign_until is not None and company.sign_until <= now


def expire(hall: Hall, company_id: int, now: datetime) -> tuple[Event, ...]:
    """The event by which time alone ends a sign, or none."""
    company = hall.companies.get(company_id)
    if company is None or not is_over(company, now):
        return ()
    return taken_down(company, SignDownBecause.RAN_OUT)
