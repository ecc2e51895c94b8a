"""What is answered about an alarm."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.common import Shape
from jobfair.blueprints.api.shapes.companies import NamedCompany
from jobfair.blueprints.api.shapes.organisers import SentMessage


class Emergency(Shape):
    """What a pause of all would stop, and what of one stands.

    `recruiting` companies would be paused, `called` students lose their calls, and `interviews`
    run on. `paused_with_all` would resume together; those that are paused otherwise, and those
    whose stands have `left`, stay so. `alarm` is the message that told everyone why, null where
    there is none or it was taken back.
    """

    recruiting: int
    called: int
    interviews: int
    paused_with_all: list[NamedCompany]
    paused_by_themselves: int
    paused_by_team: int
    left: int
    alarm: SentMessage | None
