"""What the calls of stands answer."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.common import Moment, Shape
from jobfair.blueprints.api.shapes.companies import Profile
from jobfair.blueprints.api.shapes.organisers import InterviewFigures


class OwnProfile(Profile):
    """What a company says of itself; `may_be_changed` says whether it may change that now."""

    may_be_changed: bool


class OrganisersMessage(Shape):
    """A message of the organisers to everyone that the stand has not put away."""

    id: int
    at: Moment
    text: str


class InterviewHour(Shape):
    """What began in the hour from `start` on."""

    start: Moment
    began: int
    mean_wait: int | None


class ToldWaits(Shape):
    """How the waits that were told on joining came true; medians in seconds, null without any.

    `untold` are those to whom none was told.
    """

    kept: int
    shorter: int
    longer: int
    untold: int
    share_kept: float | None
    median_told: int | None
    median_waited: int | None


class StandFigures(Shape):
    """What the fair came to for one company."""

    figures: InterviewFigures
    hours: list[InterviewHour]
    told_waits: ToldWaits
