"""What a page says when a queue has been joined."""

from __future__ import annotations

from jobfair.queries.student import places
from jobfair.services.queues import NewPlace
from jobfair.wording import waits


def words(place: NewPlace) -> str:
    """The place, as it was counted in the transaction that made it, and how long it may take."""
    wait = None if place.can_start else places.wait_of(place.id)
    return waits.joined(place.company.name, place.position, place.can_start, place.ahead, wait)
