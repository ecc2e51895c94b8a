"""Joining a queue from a page, and what the page says of it."""

from __future__ import annotations

from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Presence
from jobfair.queries.student import places
from jobfair.services.queues import queues
from jobfair.services.queues.queues import NewPlace
from jobfair.unit_of_work.actors import Actor
from jobfair.wording.queues import turns, waits


def join(actor: Actor, company_id: int) -> NewPlace | Refusal:
    """Join, and keep what the page is about to say of the wait. Raises NotFound.

    A program that joins is answered with no wait, so nothing is read for it.
    """
    return queues.join(actor, company_id, places.wait_behind(company_id))


def words(place: NewPlace) -> str:
    """The place, as it was counted in the transaction that made it, and how long it may take."""
    standing = (
        waits.soon() if place.soon else waits.standing(place.can_start, place.ahead, place.told)
    )
    told = waits.joined(place.company.name, place.position, standing)
    return f"{told} {turns.paused()}." if place.presence is Presence.PAUSED else told
