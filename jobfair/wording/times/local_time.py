"""Times in the fair's time zone: as organisers type them and as files show them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import g
from flask_babel import get_timezone

from jobfair import clock


def zone() -> ZoneInfo:
    """The time zone in which every page shows its times."""
    return ZoneInfo(str(get_timezone()))


def look_again() -> None:
    """Let this context, which lives as long as its process, ask for the time zone again."""
    kept = g.get("_flask_babel")
    if kept is not None:
        vars(kept).pop("babel_tzinfo", None)


def typed(text: str) -> datetime:
    """The time in UTC that somebody typed, e.g. `2026-11-23T09:00`.

    Raises ValueError for what is no time.
    """
    moment = datetime.fromisoformat(text.strip())
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone())).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def today() -> date:
    """The day it is in the fair's time zone."""
    return clock.now().astimezone(zone()).date()


def midnight() -> datetime:
    """When the day began in the fair's time zone."""
    now = clock.now().astimezone(zone())
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def hour(moment: datetime) -> str:
    """The hour and minute of a time, e.g. `09:05`."""
    return f"{moment.astimezone(zone()):%H:%M}"


def written(moment: datetime | None) -> str:
    """A time that every spreadsheet can read, to the second; empty for None."""
    return "" if moment is None else f"{moment.astimezone(zone()):%Y-%m-%d %H:%M:%S}"
