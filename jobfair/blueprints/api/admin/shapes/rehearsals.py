"""What is answered of rehearsals. Times are in minutes."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.common import Moment, Shape
from jobfair.models import RehearsalState


class RehearsedRange(Shape):
    """What came of the days that were played: the mean, the least and the most."""

    mean: float
    least: float
    most: float


class RehearsedFigures(Shape):
    """`enough` meet three companies or more, `nobody` none. `idle` are the minutes in which a seat
    was free and nobody called to it, `away` those of them in which somebody waited who could not
    come.
    """

    interviews: RehearsedRange
    enough: RehearsedRange
    nobody: RehearsedRange
    wait: RehearsedRange
    nine_of_ten_wait: RehearsedRange
    idle: RehearsedRange
    away: RehearsedRange


class RehearsedHour(Shape):
    """What began at a stand in an hour of the day, on average, and after what mean wait."""

    hour: int
    began: float
    wait: float


class RehearsedStand(Shape):
    """`unmet` gave up, or waited when the fair closed."""

    name: str
    unmet: float
    hours: list[RehearsedHour]


class RehearsedChange(Shape):
    """A single change and what it brings: students who meet three companies, and interviews."""

    sentence: str
    enough: RehearsedRange
    interviews: RehearsedRange


class RehearsalOutcome(Shape):
    days: int
    figures: RehearsedFigures
    stands: list[RehearsedStand]
    changes: list[RehearsedChange]


class RehearsalShown(Shape):
    """A rehearsal; of `days` to be played `played` are. `outcome` is null before it is done."""

    id: int
    who: str | None
    asked_at: Moment
    state: RehearsalState
    played: int
    days: int
    companies: int
    students: int
    outcome: RehearsalOutcome | None
