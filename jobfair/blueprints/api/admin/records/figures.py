"""From the figures that a report shows to the shapes that the JSON interface answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from jobfair.blueprints.api.admin.shapes import records
from jobfair.blueprints.api.shapes.organisers import InterviewFigures
from jobfair.queries.admin.figures.past_editions import Report
from jobfair.queries.admin.figures.statistics import Figures, StudiesFigures
from jobfair.queries.admin.figures.statistics import StandHours as Line
from jobfair.queries.admin.figures.told_waits import ToldFigures
from jobfair.wording.times import local_time


def report(of: Report, at: datetime, studies: Iterable[StudiesFigures]) -> records.FairReport:
    """The report of the fair as it was at that moment."""
    found = of.statistics
    return records.FairReport(
        at=at,
        overall=_figures(found.overall),
        companies=[
            records.FiguresOfCompany(
                id=each.id, name=each.name, deleted=each.deleted, figures=_figures(each.figures)
            )
            for each in found.companies
        ],
        sectors=[
            records.FiguresOfSector(
                name=each.name, companies=each.companies, figures=_figures(each.figures)
            )
            for each in of.sectors
        ],
        studies=[
            records.FiguresOfStudies(name=each.name, students=each.students, done=each.done)
            for each in studies
        ],
        hours=[
            records.HourFigures(start=each.start, began=each.began, done=each.done)
            for each in found.hours(local_time.zone())
        ],
        told=_told(of.told.overall),
        told_by_hour=[
            records.ToldHour(start=each.start, figures=_told(each.figures))
            for each in of.told.hours
        ],
    )


def hours(starts: Iterable[datetime], line: Line) -> records.StandHours:
    """The hours of a stand, but for those in which nothing began."""
    return records.StandHours(
        id=line.id,
        name=line.name,
        stand=line.stand,
        hall=line.hall,
        hours=[
            records.StandHour(start=start, began=hour.began, mean_wait=_seconds(hour.mean_wait))
            for start, hour in zip(starts, line.hours, strict=True)
            if hour is not None
        ],
    )


def _figures(of: Figures) -> InterviewFigures:
    return InterviewFigures(
        done=of.done,
        broken_off=of.broken_off,
        running=of.running,
        given_up=of.given_up,
        no_shows=of.no_shows,
        mean_length=_seconds(of.mean_length),
        median_length=_seconds(of.median_length),
        mean_wait=_seconds(of.mean_wait),
        median_wait=_seconds(of.median_wait),
        completion_rate=of.completion_rate,
    )


def _told(of: ToldFigures) -> records.ToldFigures:
    return records.ToldFigures(
        kept=of.kept,
        shorter=of.shorter,
        longer=of.longer,
        untold=of.untold,
        median_told=_seconds(of.median_told),
        median_waited=_seconds(of.median_waited),
    )


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds())
