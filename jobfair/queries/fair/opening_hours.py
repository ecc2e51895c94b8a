"""The hours at which the fair opens and closes by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from jobfair.db.statements import CompiledStatement
from jobfair.domain.opening_hours import OpeningHours
from jobfair.domain.state import Phase
from jobfair.models import Fair
from jobfair.wording.times import local_time

_HOURS = CompiledStatement(
    select(
        Fair.opens,
        Fair.closes,
        Fair.starts_on,
        Fair.ends_on,
        Fair.zone,
        Fair.hours_count_from,
        Fair.phase,
    )
)


def read(connection: Connection) -> tuple[OpeningHours | None, datetime | None]:
    """The fair's hours, and after what time they count; None for hours that nobody has set."""
    ((*of_fair, after, _),) = _HOURS.rows(connection)
    return _hours(of_fair), after


def closes_at(connection: Connection, now: datetime) -> datetime | None:
    """When the fair, which is open, closes by itself today; None while it is not open, and where it
    is closed by hand."""
    ((*of_fair, after, phase),) = _HOURS.rows(connection)
    hours = _hours(of_fair)
    if hours is None or after is None or phase is not Phase.OPEN:
        return None
    return hours.closes_next(max(after, now))


def _hours(of_fair: list[Any]) -> OpeningHours | None:
    opens, closes, starts_on, ends_on, zone = of_fair
    if (opens or closes) is None:
        return None
    place = ZoneInfo(zone) if zone else local_time.zone()
    return OpeningHours(opens, closes, starts_on, ends_on, place)
