"""What is answered of what is kept: the log, the figures, past editions.

Lengths of time are in seconds; a mean or median of nothing is null.
"""

from __future__ import annotations

from datetime import date

from jobfair.blueprints.api.shapes.common import Moment, Shape
from jobfair.blueprints.api.shapes.organisers import InterviewFigures


class AuditActor(Shape):
    """Who did it: `kind` is student, company, system or a role; `device` a stand's tablet,
    `key` the key by which a program did it.
    """

    kind: str
    id: int | None
    name: str
    device: str | None
    key: str | None


class AuditChange(Shape):
    """What it changed, in words; `what` is null where that is obvious."""

    what: str | None
    before: str | None
    after: str | None


class AuditLine(Shape):
    """A row of the log. `kind` is its event, `sentence` what happened, in words."""

    number: int
    at: Moment
    kind: str
    sentence: str
    actor: AuditActor
    student: int | None
    student_name: str | None
    company: int | None
    company_name: str | None
    changes: list[AuditChange]


class FiguresOfCompany(Shape):
    id: int
    name: str
    deleted: bool
    figures: InterviewFigures


class FiguresOfSector(Shape):
    name: str
    companies: int
    figures: InterviewFigures


class FiguresOfStudies(Shape):
    """`name` is null for those who show no studies."""

    name: str | None
    students: int
    done: int


class HourFigures(Shape):
    """How many interviews began, and how many ended as done, in the hour from `start` on."""

    start: Moment
    began: int
    done: int


class ToldFigures(Shape):
    """How many waits were within the range that was told on joining, shorter and longer.

    `untold` are interviews of places without a range.
    """

    kept: int
    shorter: int
    longer: int
    untold: int
    median_told: int | None
    median_waited: int | None


class ToldHour(Shape):
    """The same of those who joined in the hour from `start` on."""

    start: Moment
    figures: ToldFigures


class FairReport(Shape):
    """All figures of the fair at one moment, or of an edition when it was closed.

    `studies` are empty of an edition: those of people are not kept.
    """

    at: Moment
    overall: InterviewFigures
    companies: list[FiguresOfCompany]
    sectors: list[FiguresOfSector]
    studies: list[FiguresOfStudies]
    hours: list[HourFigures]
    told: ToldFigures
    told_by_hour: list[ToldHour]


class StandHour(Shape):
    """What began at a stand in one hour, and the mean wait before."""

    start: Moment
    began: int
    mean_wait: int | None


class StandHours(Shape):
    """A company's hours in which anything began; `stand` is null for a deleted one too."""

    id: int
    name: str
    stand: str | None
    hall: str | None
    hours: list[StandHour]


class PastEdition(Shape):
    id: int
    name: str
    starts_on: date | None
    ends_on: date | None
    closed_at: Moment


class EditionReport(PastEdition):
    report: FairReport


class PeopleRemoved(Shape):
    """How many were removed for good."""

    students: int
    entries: int
    companies: int
