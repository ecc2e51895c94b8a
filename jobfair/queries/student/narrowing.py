"""The companies of a student's list that match the chosen filters, and their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import Connection

from jobfair.fields.input.folding import folded
from jobfair.queries.projections import company_directory
from jobfair.queries.projections.company_directory import NEVER, Choices, Listed
from jobfair.queries.projections.search_words import searchable
from jobfair.queries.student.chosen import SHORT, Chosen, Sort
from jobfair.queries.student.company_rows import Seen
from jobfair.queries.views import CompanyView

Filters = Mapping[str, Callable[[Listed], bool]]
"""The condition of each filter, by its name."""

CHEAPEST_FIRST = ("sector", "looking_for", "hall", "favourites", "q", "wait")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The companies that pass all filters and, by a filter's name, those that only this filter
    keeps out."""

    found: list[Listed]
    kept_out: Mapping[str, list[Listed]]

    def choices(self, every: Choices) -> Choices:
        """The possible values of the filters, with how many companies each would leave."""
        return every.counted(self.but("sector"), self.but("hall"))

    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many more there would be without each filter."""
        return tuple((name, len(listed)) for name, listed in self.kept_out.items() if listed)

    def but(self, name: str) -> list[Listed]:
        """The companies without one filter. If there are none, those without the filter that keeps
        out most as well: otherwise there would be nothing to choose."""
        found = self.found + list(self.kept_out.get(name, ()))
        return found or max(self.kept_out.values(), key=len, default=[])


def narrowed(connection: Connection, seen: Seen, chosen: Chosen) -> Narrowed:
    """The companies that a student sees, after their filters."""
    filters = _filters(connection, seen, chosen)
    by_all = Narrowed([], {name: [] for name in filters})
    for each in seen.visible():
        refusing = (name for name, lets_through in filters.items() if not lets_through(each))
        names = tuple(islice(refusing, 2))
        if not names:
            by_all.found.append(each)
        elif len(names) == 1:
            by_all.kept_out[names[0]].append(each)
    return by_all


def leaving_nothing(
    connection: Connection, seen: Seen, chosen: Chosen, left: Narrowed
) -> frozenset[str]:
    """The filters that are not chosen and would leave nothing: kinds of offers, `wait` and
    `favourites`."""
    offers = {each for listed in left.but("looking_for") for each in listed.entry.looking_for}
    none = {each for each in seen.choices.looking_for if each not in offers}
    if not any(seen.row(connection, each).waits_little for each in left.but("wait")):
        none.add("wait")
    if not any(each.company.id in seen.favourites for each in left.but("favourites")):
        none.add("favourites")
    made = {chosen.looking_for, *(name for name in ("wait", "favourites") if getattr(chosen, name))}
    return frozenset(none - made)


def paused(connection: Connection, seen: Seen, chosen: Chosen) -> tuple[CompanyView, ...]:
    """The companies that the search finds, and that are left out because they are paused (rule
    8)."""
    if not searchable(chosen.q):
        return ()
    fits = _filters(connection, seen, replace(chosen, wait="")).values()
    visible = {each.company.id for each in seen.visible()}
    hidden = [each for each in seen.listed if each.company.id not in visible]
    return tuple(each.company for each in hidden if all(fit(each) for fit in fits))


def of_company(chosen: Chosen) -> Filters:
    """The conditions about companies only, without those about the student."""
    searched, sector, hall = searchable(chosen.q), folded(chosen.sector), folded(chosen.hall)
    filters: dict[str, tuple[object, Callable[[Listed], bool]]] = {
        "sector": (sector, lambda each: sector in each.entry.sectors),
        "looking_for": (
            chosen.looking_for,
            lambda each: chosen.looking_for in each.entry.looking_for,
        ),
        "hall": (hall, lambda each: hall == each.entry.hall),
        "q": (searched, lambda each: each.entry.rank(searched) < NEVER),
    }
    return {name: fits for name, (given, fits) in filters.items() if given}


def _filters(connection: Connection, seen: Seen, chosen: Chosen) -> Filters:
    filters = dict(of_company(chosen))
    if chosen.favourites:
        filters["favourites"] = lambda each: each.company.id in seen.favourites
    if chosen.wait == SHORT:
        filters["wait"] = lambda each: seen.row(connection, each).waits_little
    return {name: filters[name] for name in CHEAPEST_FIRST if name in filters}


def in_order(
    connection: Connection, seen: Seen, found: list[Listed], chosen: Chosen
) -> list[Listed]:
    """In the order that was chosen. What is searched for decides it before the name and the stand:
    a stand's number, then the beginning of a name, then a name, then the rest."""
    if chosen.sort == Sort.STAND:
        found = sorted(found, key=_by_place)
    searched = searchable(chosen.q)
    if searched:
        found = sorted(found, key=lambda each: each.entry.rank(searched))
    if chosen.sort == Sort.WAIT:
        found = sorted(found, key=lambda each: seen.row(connection, each).order_by_wait)
    return found


def _by_place(listed: Listed) -> tuple[bool, tuple[str | int, ...], tuple[str | int, ...]]:
    """Hall by hall, then by stand; last those of which nobody knows where they are."""
    entry = listed.entry
    return not entry.hall, company_directory.natural_order(entry.hall), entry.stand_order
