"""Results and their targets, as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.processor import Spent

PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Figure:
    """One measured number.

    `target` is None for what only explains another figure. `floor` is the same measured, in the
    same run, without the application. `spent` is who used the processor meanwhile. `kept` says that
    its ratio to the floor is held against that of earlier (see bench/comparison.py): what is bound
    by the processor alone, as the ratio to a disk or a network is another on each machine.
    """

    what: str
    value: float
    unit: str
    target: float | None = None
    more_is_better: bool = False
    floor: float | None = None
    spent: Spent | None = None
    kept: bool = False

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value >= self.target if self.more_is_better else self.value <= self.target


COLUMNS = ("what", "measured", "target", "", "floor", "client", "workers", "rest")


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table; the last three columns are processor cores in use."""
    rows = [COLUMNS, tuple("-" * len(name) for name in COLUMNS), *map(_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    )


def _row(figure: Figure) -> tuple[str, ...]:
    sign = "≥" if figure.more_is_better else "≤"
    spent = figure.spent
    return (
        figure.what,
        f"{_short(figure.value)} {figure.unit}",
        "" if figure.target is None else f"{sign} {_short(figure.target)}",
        {None: "", True: "met", False: "MISSED"}[figure.met],
        "" if figure.floor is None else _short(figure.floor),
        *(["", "", ""] if spent is None else [f"{each:.2f}" for each in spent.cores]),
    )


def _short(number: float) -> str:
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.3g}"


def as_json(figures: Iterable[Figure], set_up: str) -> str:
    """The figures, and what they were measured on."""
    return json.dumps(
        {
            "measured_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "set_up": set_up,
            "commit": _commit(),
            "processors": os.cpu_count(),
            "processor": _processor(),
            "python": platform.python_version(),
            "kernel": platform.release(),
            "figures": [asdict(each) | {"met": each.met} for each in figures],
        },
        indent=1,
        ensure_ascii=False,
    )


def _commit() -> str:
    output = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=PROJECT, capture_output=True, text=True
    )
    return output.stdout.strip()


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if "model name" in line), "")
