"""One page of a list, and how a list is sorted by what its reader chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Line = TypeVar("Line")

PAGE_SIZE = 18
"""Rows of a page: as many as a phone of 390 px shows on 3,000 px."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """One page of all that was found; `number` counts from 1, `total` the lines of all pages."""

    lines: tuple[Line, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return pages_of(self.total)


def pages_of(total: int) -> int:
    """The number of pages that these lines fill; at least one."""
    return max(1, -(-total // PAGE_SIZE))


def page_of(found: Sequence[Line], number: int) -> Page[Line]:
    """A page of what was found. A number beyond the last page gives the last page."""
    number = min(max(1, number), pages_of(len(found)))
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Page(tuple(shown), number, len(found))


def both_ways(keys: Iterable[str]) -> tuple[str, ...]:
    """What a list can be sorted by: each key, and with a hyphen before it for descending order."""
    return tuple(f"{way}{key}" for key in keys for way in ("", "-"))


def sort_by(
    found: list[Line], chosen: str, keys: Mapping[str, Callable[[Line], Any]]
) -> list[Line]:
    """What was found by one of the keys, in descending order where `chosen` begins with a hyphen.

    What is equal keeps its order, as does everything for a key that there is not.
    """
    key = keys.get(chosen.removeprefix("-"))
    if key is None:
        return found
    return sorted(found, key=key, reverse=chosen.startswith("-"))
