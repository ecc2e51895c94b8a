"""Grouping lines by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Protocol, TypeVar

from jobfair.wording.times import local_time


class Dated(Protocol):
    """Whatever has a time."""

    @property
    def at(self) -> datetime: ...


Line = TypeVar("Line", bound=Dated)


def by_day(lines: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    """Lines in their order, grouped by day in the fair's time zone."""
    zone = local_time.zone()
    return [
        (day, list(of_day))
        for day, of_day in groupby(lines, lambda line: line.at.astimezone(zone).date())
    ]
