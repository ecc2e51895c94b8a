"""The difference between two versions of a list, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys of rows: removed, added before all others, added after all others, and changed; each in
    the order of the list."""

    removed: tuple[int, ...]
    prepended: tuple[int, ...]
    appended: tuple[int, ...]
    changed: tuple[int, ...]


def difference(before: Mapping[int, object], after: Mapping[int, object]) -> Difference | None:
    """The difference between two lists, given as what each row shows by its key.

    Returns None if rows changed places, were inserted in between, or are all new.
    """
    stay = [key for key in before if key in after]
    if not stay or stay != [key for key in after if key in before]:
        return None
    keys = list(after)
    start, end = keys.index(stay[0]), keys.index(stay[-1]) + 1
    if keys[start:end] != stay:
        return None
    return Difference(
        removed=tuple(key for key in before if key not in after),
        prepended=tuple(keys[:start]),
        appended=tuple(keys[end:]),
        changed=tuple(key for key in stay if before[key] != after[key]),
    )
