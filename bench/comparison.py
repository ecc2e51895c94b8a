"""Holds what was measured against what was kept: what has become slower is found before a fair."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from bench.figures import Figure

KEPT = Path(__file__).parent / "kept.json"
"""By set-up and figure: how many times its floor it was. Written by `--keep`."""
WORSE = 2.0
"""This many times the ratio of then. A busy machine raises figure and floor alike."""

Ratios = dict[str, float]


def ratios(figures: Iterable[Figure]) -> Ratios:
    """How many times its floor each of the figures is that are kept."""
    return {each.what: each.value / each.floor for each in figures if each.kept and each.floor}


def kept(set_up: str, path: Path = KEPT) -> Ratios:
    """The ratios of then, on that set-up; none where none were kept."""
    found: dict[str, Ratios] = json.loads(path.read_text()) if path.exists() else {}
    return found.get(set_up, {})


def keep(set_up: str, now: Ratios, path: Path = KEPT) -> None:
    """Hold later runs against these; what was not measured now stays as it was."""
    found = json.loads(path.read_text()) if path.exists() else {}
    found[set_up] = kept(set_up, path) | {what: round(each, 2) for what, each in now.items()}
    path.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def worse(now: Ratios, then: Ratios) -> list[str]:
    """What has become slower than WORSE allows, each in a line."""
    return [
        f"{what}: {each:.1f} × its floor, {then[what]:.1f} × then"
        for what, each in now.items()
        if what in then and each > WORSE * then[what]
    ]
