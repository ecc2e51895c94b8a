"""What turns one list into another, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """The keys of the rows that are gone, that came before or after all others, and that are not
    as they were; each in the order of the list."""

    removed: tuple[int, ...]
    prepended: tuple[int, ...]
    appended: tuple[int, ...]
    changed: tuple[int, ...]


def difference(before: Mapping[int, object], after: Mapping[int, object]) -> Difference | None:
    """What leads from one list to another; None where rows changed places, came in between or
    are all new.

    Takes what each row shows, by its key.
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
