"""The parts of a company that a search has found, if neither its name nor its stand shows it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from jobfair.fields.companies.company_profiles import words
from jobfair.fields.companies.sectors import synonyms
from jobfair.queries.projections.company_directory import DirectoryEntry
from jobfair.queries.projections.search_words import has_word, searchable

BEFORE, AFTER = 2, 6
"""Words of the description that are shown around the one that was found."""


class Piece(NamedTuple):
    """A piece of a line; `hit` where the search has found it."""

    text: str
    hit: bool


class Hits(NamedTuple):
    """Sectors, those that were found first, and the words of the description around a hit."""

    sectors: tuple[Piece, ...]
    description: tuple[Piece, ...]


def hits(entry: DirectoryEntry, searched: str) -> Hits | None:
    """What a search, as `searchable` writes it, has found in sectors and description; None where
    the name, the stand or nothing shows it."""
    asked = entry.words_not_named(searched)
    if not asked:
        return None
    sectors = words(entry.profile.sectors)
    found = {each: [word for word in asked if has_word(_names(each), word)] for each in sectors}
    marked = sorted((Piece(each, bool(found[each])) for each in sectors), key=lambda x: not x.hit)
    explained = {word for each in found.values() for word in each}
    explained |= {word for word in asked if any(has_word(each, word) for each in entry.offers)}
    rest = [word for word in asked if word not in explained]
    line = _line(entry.profile.description or "", tuple(rest)) if rest else ()
    if not line and not any(each.hit for each in marked):
        return None
    return Hits(tuple(marked), line)


@lru_cache(maxsize=2_000)
def _names(sector: str) -> str:
    return searchable(f"{sector} {synonyms(sector)}")


@lru_cache(maxsize=1_000)
def _line(description: str, asked: tuple[str, ...]) -> tuple[Piece, ...]:
    """The words around the first one found; empty if none is."""
    said = description.split()
    found = [any(has_word(searchable(each), word) for word in asked) for each in said]
    if True not in found:
        return ()
    at = found.index(True)
    first = max(0, at - BEFORE)
    before, after = " ".join(said[first:at]), " ".join(said[at + 1 : at + 1 + AFTER])
    pieces = (
        Piece(f"{'… ' if first else ''}{before} ".lstrip(), hit=False),
        Piece(said[at], hit=True),
        Piece(f" {after}", hit=False),
    )
    return tuple(piece for piece in pieces if piece.text.strip())
