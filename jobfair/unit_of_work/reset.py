"""Recording that the whole fair was restored or emptied, so that every page is rendered again."""

from __future__ import annotations

from jobfair.db.transactions import phase_of
from jobfair.domain.events import Event, Recorded
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.storing import store
from jobfair.unit_of_work.transaction import UnitOfWork


def record(work: UnitOfWork, by: Actor, event: Event, number: int) -> None:
    """Record an event about the whole fair as journal row `number`, in the caller's transaction.

    The caller has written the tables. Every company is marked as changed, so that no page goes
    on showing the old fair.
    """
    work.phase, work.number = phase_of(work.connection), number
    hall = work.load(LoadSpec(everything=True))
    before = (hall.companies, hall.students, hall.entries)
    recorded = Recorded(number, work.at, event, frozenset(hall.companies))
    work.written += store(work.connection, before, hall, [(by, [recorded])])
