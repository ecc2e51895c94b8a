"""A stand's door sign: a notice to its own queue."""

from __future__ import annotations

from jobfair import clock
from jobfair.domain.decisions import door_sign
from jobfair.domain.events import Event
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import DoorSign
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.batching import transact
from jobfair.unit_of_work.loading import LoadedHall, LoadSpec
from jobfair.unit_of_work.transaction import Committed


def put_up(actor: Actor, sign: DoorSign, text: str | None) -> Committed | Refusal:
    """Put up a sign of the acting stand; `text` is for a sign of its own words. Raises NotFound."""
    company_id = actor.company_id

    def decide(hall: LoadedHall) -> tuple[Event, ...] | Refusal:
        hall.known_company(company_id)
        return door_sign.put_up(hall, company_id, sign, text, clock.now())

    return transact(actor, LoadSpec(companies=(company_id,)), decide)


def take_down(actor: Actor) -> Committed | Refusal:
    """Take the sign down. Raises NotFound."""
    company_id = actor.company_id

    def decide(hall: LoadedHall) -> tuple[Event, ...]:
        hall.known_company(company_id)
        return door_sign.take_down(hall, company_id)

    return transact(actor, LoadSpec(companies=(company_id,)), decide)
