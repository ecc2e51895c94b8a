"""The hours of the stands as a heat map: a row for each stand, a column for each hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobfair.queries.admin.figures.statistics import Hour, HourMap, StandHours
from jobfair.wording.times.local_time import zone

MEASURES = ("waits", "interviews")
"""What a map may show: mean waits in minutes, or how many interviews began."""

STAND_WIDTH, NAMES_WIDTH, HOUR_WIDTH, ROW_HEIGHT, HEAD_HEIGHT = 60, 212, 64, 30, 28
GAP = 3
"""Between two cells. All are in pixels."""
LEVELS = 4
"""Shades; a cell without anything has none of them."""

LONGEST_STAND, LONGEST_NAME = 7, 18
"""The most characters of a row's words; an SVG does not shorten text by itself."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of one stand: what is written in it, its shade from 0 to LEVELS, its left edge."""

    value: int | None
    level: int
    x: int


@dataclass(frozen=True, slots=True)
class Row:
    """One stand: its words beside the cells, shortened, where they are drawn, and the cells."""

    line: StandHours
    stand: str
    name: str
    y: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """What is drawn in a box of `width` by `height`; the hours are in the fair's time."""

    hours: tuple[datetime, ...]
    rows: tuple[Row, ...]
    width: int
    height: int


def drawn(found: HourMap, stands: Sequence[StandHours], measure: str) -> HeatMap:
    """A map of these stands. The shades are relative to all stands that were found."""
    most = max(
        (_value(hour, measure) or 0 for line in found.stands for hour in line.hours), default=0
    )
    rows = tuple(
        Row(
            line,
            _short(line.stand or "", LONGEST_STAND),
            _short(line.name, LONGEST_NAME),
            HEAD_HEIGHT + at * ROW_HEIGHT,
            _cells(line, measure, most),
        )
        for at, line in enumerate(stands)
    )
    return HeatMap(
        tuple(start.astimezone(zone()) for start in found.starts),
        rows,
        NAMES_WIDTH + HOUR_WIDTH * len(found.starts),
        HEAD_HEIGHT + ROW_HEIGHT * len(rows),
    )


def _cells(line: StandHours, measure: str, most: int) -> tuple[Cell, ...]:
    values = [_value(hour, measure) for hour in line.hours]
    return tuple(
        Cell(value, _level(value, most), NAMES_WIDTH + at * HOUR_WIDTH)
        for at, value in enumerate(values)
    )


def _value(hour: Hour | None, measure: str) -> int | None:
    if hour is None:
        return None
    if measure == "interviews":
        return hour.began
    return None if hour.mean_wait is None else round(hour.mean_wait / timedelta(minutes=1))


def _level(value: int | None, most: int) -> int:
    if value is None:
        return 0
    return min(LEVELS, 1 + LEVELS * value // (most + 1))


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
