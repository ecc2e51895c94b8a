"""Joins a queue from a page, and says what the page tells about it."""

from __future__ import annotations

from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Presence
from jobfair.queries.student import places
from jobfair.services.queues import queues
from jobfair.services.queues.queues import NewPlace
from jobfair.unit_of_work.actors import Actor
from jobfair.wording.queues import turns, waits


def join(actor: Actor, company_id: int) -> NewPlace | Refusal:
    """Join, and store the wait that the page is about to show. Raises NotFound.

    The answer to a program has no wait, so none is read for it.
    """
    return queues.join(actor, company_id, places.wait_behind(company_id))


def words(place: NewPlace) -> str:
    """A sentence with the place, as the joining transaction counted it, and the estimated wait."""
    standing = (
        waits.soon() if place.soon else waits.standing(place.can_start, place.ahead, place.told)
    )
    told = waits.joined(place.company.name, place.position, standing)
    return f"{told} {turns.paused()}." if place.presence is Presence.PAUSED else told
