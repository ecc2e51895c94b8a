"""How long the students' data of a fair is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import Connection, select

from jobfair import clock
from jobfair.db.transactions import autocommit
from jobfair.models import Fair
from jobfair.wording.times.local_time import zone

ANNOUNCED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RetentionPeriod:
    """When the students' data is removed.

    `ends_on` is the last day that the organisers set. `removed_on` is None where nothing is removed
    automatically.
    """

    ends_on: date | None
    removed_on: date | None
    today: date

    @property
    def is_due(self) -> bool:
        """Whether the data is to be removed now."""
        return self.removed_on is not None and self.today >= self.removed_on

    @property
    def is_near(self) -> bool:
        """Whether the removal is so near that pages announce it."""
        return self.removed_on is not None and self.today >= self.removed_on - ANNOUNCED


def retention_period() -> RetentionPeriod:
    """The fair's retention period now."""
    with autocommit() as connection:
        return retention_period_of(connection)


def retention_period_of(connection: Connection) -> RetentionPeriod:
    """The same on the caller's connection."""
    row = connection.execute(select(Fair.ends_on, Fair.keep_days)).one()
    return retention_period_with(connection, row.ends_on, row.keep_days)


def retention_period_with(
    connection: Connection, ends_on: date | None, keep_days: int | None
) -> RetentionPeriod:
    """The same for another last day and number of days; None for the setting."""
    closed_at = connection.execute(select(Fair.closed_at)).scalar_one()
    ended = ends_on or (closed_at and closed_at.astimezone(zone()).date())
    days = int(current_app.config["KEEP_DAYS"]) if keep_days is None else keep_days
    removed_on = ended + timedelta(days=days) if ended and days else None
    return RetentionPeriod(ends_on, removed_on, clock.now().astimezone(zone()).date())
