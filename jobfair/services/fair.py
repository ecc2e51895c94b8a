"""The fair itself: preparing, opening, closing, and how long a call lasts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from jobfair.db.transactions import call_minutes_of
from jobfair.domain import stands
from jobfair.domain.events import CallLengthChanged, FairEndSet, PhaseChanged
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Hall, Phase
from jobfair.exceptions import RequestCode
from jobfair.models import Fair
from jobfair.queries.admin import retention
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import FAIR_ID, Committed, write_transaction


def set_phase(actor: Actor, phase: Phase) -> Committed | Refusal:
    """Prepare, open or close the fair; on opening, whoever is first is called."""
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(everything=True))
        done = work.carry_out(actor, hall, stands.set_phase(hall, phase))
        # The day on which it was closed counts where nobody has said when it ends.
        if isinstance(done, Committed) and done.events(PhaseChanged):
            closed_at = work.at if phase is Phase.CLOSED else None
            work.connection.execute(update(Fair).values(closed_at=closed_at))
    return done


def set_call_minutes(actor: Actor, minutes: int | None) -> Committed | Refusal:
    """Set after how many minutes a call runs out, or with None that it does not."""
    with write_transaction(actor) as work:
        before = call_minutes_of(work.connection)
        work.connection.execute(update(Fair).where(Fair.id == FAIR_ID).values(call_minutes=minutes))
        changed = () if before == minutes else (CallLengthChanged(before, minutes),)
        return work.carry_out(actor, work.load(LoadSpec()), changed)


def set_end(actor: Actor, ends_on: date | None) -> Refusal | None:
    """Say on which day the fair ends, or that nobody knows.

    Returns `end_too_early` for a day so long ago that its people would be removed at once.
    """
    with write_transaction(actor) as work:
        before = retention.read(work.connection).ends_on
        work.connection.execute(update(Fair).values(ends_on=ends_on))
        if retention.read(work.connection).is_due:
            work.connection.execute(update(Fair).values(ends_on=before))
            return Refusal(RequestCode.END_TOO_EARLY)
        if before != ends_on:
            event = FairEndSet(_iso(before), _iso(ends_on))
            work.carry_out(actor, Hall(work.phase, work.number), (event,))
    return None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
