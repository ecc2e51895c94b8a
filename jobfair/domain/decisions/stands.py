"""What changes a stand: pausing, opening its queue, slots and limit (rules 6 and 8)."""

from __future__ import annotations

from collections.abc import Callable, Collection

from jobfair.domain.decisions import door_sign, lot
from jobfair.domain.events import (
    CompanyStatusChanged,
    Event,
    PhaseChanged,
    QueueClosed,
    QueueLimitChanged,
    QueueOpened,
    SlotsChanged,
)
from jobfair.domain.reasons import SignDownBecause
from jobfair.domain.state import Company, CompanyStatus, Hall, Phase

# Doing any of these twice is no error: two recruiters at one stand press the same button.


def set_status(hall: Hall, company_id: int, status: CompanyStatus) -> tuple[Event, ...]:
    """Pause or resume a company (rule 8); one that was paused with all is no longer paused by that.

    A stand that had left is back: the queue that its leaving closed is open again.
    """
    company = hall.companies[company_id]
    if company.status is status:
        return ()
    changed = _changed(company, status, with_all=company.paused_with_all)
    return (
        (*changed, *set_queue_open(hall, company_id, opened=True)) if company.has_left else changed
    )


def pause_all(hall: Hall) -> tuple[Event, ...]:
    """Pause every company that recruits. Needs every company of the hall."""
    return _changed_with_all(hall, CompanyStatus.PAUSED, lambda company: company.recruiting)


def resume_all(hall: Hall, stay: Collection[int] = ()) -> tuple[Event, ...]:
    """Resume the companies that `pause_all` paused, except those in `stay`. Needs every company of
    the hall.

    A stand that paused by itself may have left: its queue must not be called.
    """
    return _changed_with_all(
        hall,
        CompanyStatus.RECRUITING,
        lambda company: company.paused_with_all and company.id not in stay,
    )


def leave(hall: Hall, company_id: int) -> tuple[Event, ...]:
    """A stand leaves the fair: nobody joins or is called, and `resume_all` does not bring it back.

    Students who wait keep their place, in case it returns.
    """
    company = hall.companies[company_id]
    if company.has_left:
        return ()
    left = CompanyStatusChanged(company_id, company.status, CompanyStatus.PAUSED, left=True)
    return (*set_queue_open(hall, company_id, opened=False), left)


def _changed_with_all(
    hall: Hall, status: CompanyStatus, concerned: Callable[[Company], bool]
) -> tuple[Event, ...]:
    return tuple(
        event
        for _, company in sorted(hall.companies.items())
        if concerned(company)
        for event in _changed(company, status, with_all=True)
    )


def _changed(company: Company, status: CompanyStatus, with_all: bool) -> tuple[Event, ...]:
    """Give a company the other status. If it recruits again, its door sign ends."""
    changed = CompanyStatusChanged(company.id, company.status, status, with_all=with_all)
    if status is CompanyStatus.PAUSED:
        return (changed,)
    return (changed, *door_sign.taken_down(company, SignDownBecause.RECRUITING))


def set_queue_open(hall: Hall, company_id: int, opened: bool) -> tuple[Event, ...]:
    """Open a queue, or close it: nobody joins, calling goes on."""
    if hall.companies[company_id].queue_open is opened:
        return ()
    return (QueueOpened(company_id) if opened else QueueClosed(company_id),)


def set_slots(hall: Hall, company_id: int, slots: int) -> tuple[Event, ...]:
    """Change how many interviews run at once; running interviews go on (rule 6)."""
    before = hall.companies[company_id].slots
    return () if before == slots else (SlotsChanged(company_id, before, slots),)


def set_queue_limit(hall: Hall, company_id: int, limit: int | None) -> tuple[Event, ...]:
    """Change how many may wait; those who already do keep their place."""
    before = hall.companies[company_id].queue_limit
    return () if before == limit else (QueueLimitChanged(company_id, before, limit),)


def set_phase(hall: Hall, phase: Phase, seed: bytes | None = None) -> tuple[Event, ...]:
    """Prepare, open or close the fair. The hall must hold everything.

    `seed` is that of a fair by lot (rule 17), None for any other: a new one where preparing begins
    and none is sealed, else the one that is.
    """
    if hall.phase is phase:
        return ()
    changed = PhaseChanged(hall.phase, phase)
    if phase is Phase.OPEN and hall.lot_sealed:
        assert seed is not None
        # Before the fair opens: at no number of the journal is it open and somebody undrawn.
        return (*lot.draw(hall, seed), changed)
    if phase is Phase.PREPARING and seed is not None and not hall.lot_sealed:
        return (changed, lot.seal(seed))
    return (changed,)
