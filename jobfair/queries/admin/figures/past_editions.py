"""The figures of a report, of the fair and of past editions. Editions store the figures by company,
sector and hour. They do not store those by studies: students write their studies themselves, and a
text that only one of them wrote would identify that person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select

from jobfair.db.transactions import autocommit
from jobfair.exceptions import NotFound
from jobfair.models import Edition
from jobfair.queries.admin.figures.statistics import (
    HourMap,
    SectorFigures,
    Statistics,
    by_hour,
    by_sector,
    statistics,
)
from jobfair.queries.admin.figures.told_waits import NONE_TOLD, ToldReport, told_waits


@dataclass(frozen=True, slots=True)
class Report:
    """All figures at one moment. `hours` are those in which any interview began, `told` is empty of
    editions that were closed before it was kept."""

    statistics: Statistics
    sectors: tuple[SectorFigures, ...]
    hours: HourMap
    told: ToldReport = NONE_TOLD


@dataclass(frozen=True, slots=True)
class PastEdition:
    """A past fair: its name, its days, and when it was closed for good. `has_day` says that its day
    was stored, which older editions lack.
    """

    id: int
    name: str
    starts_on: date | None
    ends_on: date | None
    closed_at: datetime
    has_day: bool


_REPORT = TypeAdapter(Report)
_EDITION = (
    Edition.id,
    Edition.name,
    Edition.starts_on,
    Edition.ends_on,
    Edition.closed_at,
    Edition.day.is_not(None).label("has_day"),
)


def report_now(zone: tzinfo) -> Report:
    """The report of the fair as it is, its hours in a time zone."""
    return Report(statistics(), tuple(by_sector()), _busy(by_hour(zone)), told_waits(zone))


def as_stored(report: Report) -> Any:
    """A report as JSON."""
    return _REPORT.dump_python(report, mode="json")


def editions() -> list[PastEdition]:
    """Every past edition, the latest first."""
    query = select(*_EDITION).order_by(Edition.id.desc())
    with autocommit() as connection:
        return [PastEdition(*row) for row in connection.execute(query)]


def edition(edition_id: int) -> tuple[PastEdition, Report]:
    """One past edition and its report. Raises NotFound."""
    query = select(*_EDITION, Edition.report).where(Edition.id == edition_id)
    with autocommit() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("edition")
    return PastEdition(*row[:-1]), _REPORT.validate_python(row.report)


def _busy(found: HourMap) -> HourMap:
    """Without the nights, of which a fair of several days has many."""
    busy = [at for at in range(len(found.starts)) if any(each.hours[at] for each in found.stands)]
    return HourMap(
        tuple(found.starts[at] for at in busy),
        tuple(replace(each, hours=tuple(each.hours[at] for at in busy)) for each in found.stands),
    )
