"""The fair itself: preparing, opening, closing, and how long a call lasts."""

from __future__ import annotations

from sqlalchemy import update

from jobfair.domain import stands
from jobfair.domain.events import CallLengthChanged
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.models import Fair
from jobfair.queries.reading import call_minutes_of
from jobfair.services.actors import Actor
from jobfair.services.loading import Need
from jobfair.services.transaction import FAIR_ID, Done, transact, writing


def set_phase(actor: Actor, phase: Phase) -> Done | Refusal:
    """Prepare, open or close the fair; on opening, whoever is first is called."""
    return transact(actor, Need(everything=True), lambda hall: stands.set_phase(hall, phase))


def set_call_minutes(actor: Actor, minutes: int | None) -> Done | Refusal:
    """Set after how many minutes a call runs out, or with None that it does not."""
    with writing() as work:
        before = call_minutes_of(work.connection)
        work.connection.execute(update(Fair).where(Fair.id == FAIR_ID).values(call_minutes=minutes))
        changed = () if before == minutes else (CallLengthChanged(before, minutes),)
        return work.carry_out(actor, work.load(Need()), changed)
