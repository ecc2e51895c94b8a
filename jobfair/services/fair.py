"""The fair itself: preparing, opening, closing."""

from __future__ import annotations

from jobfair.domain import stands
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.services.actors import Actor
from jobfair.services.loading import Need
from jobfair.services.transaction import Done, transact


def set_phase(actor: Actor, phase: Phase) -> Done | Refusal:
    """Prepare, open or close the fair; on opening, whoever is first is called."""
    return transact(actor, Need(everything=True), lambda hall: stands.set_phase(hall, phase))
