"""The hall's screen: a page for a projector, opened by a link that the organisers make."""

from __future__ import annotations

from jobfair.live.page import Audience, Context, LivePage
from jobfair.queries.public import hall

PATIENCE_SECONDS = 0.5


def _hall(**_link: str) -> Context:
    return {"hall": hall.hall()}


HALL = LivePage(
    name="hall_screen",
    audience=Audience.HALL,
    address="/hall/<token>",
    template="public/screen.html",
    regions={"hall": "public/_hall.html"},
    load=_hall,
    exists=hall.check,
    topics=("companies",),
    patience=PATIENCE_SECONDS,
)

PAGES = (HALL,)
