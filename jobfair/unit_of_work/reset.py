"""After the whole fair was replaced or emptied: it is recorded, and every screen looks again."""

from __future__ import annotations

from jobfair.db.transactions import phase_of
from jobfair.domain.events import Event, Recorded
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.storing import store
from jobfair.unit_of_work.transaction import UnitOfWork


def record(work: UnitOfWork, event: Event, number: int) -> None:
    """Record, as journal row `number`, what was done to the fair as a whole.

    Takes a transaction of the caller's, who has written the tables by hand. Every company is
    marked as changed, so that no screen goes on showing what was there before.
    """
    work.phase, work.number = phase_of(work.connection), number
    hall = work.load(LoadSpec(everything=True))
    before = (hall.companies, hall.students, hall.entries)
    recorded = Recorded(number, work.at, event, frozenset(hall.companies))
    store(work.connection, before, hall, [(actors.SYSTEM, [recorded])])
    work.recorded.append(recorded)
