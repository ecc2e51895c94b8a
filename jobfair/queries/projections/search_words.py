"""The words of a search, and whether a text has them."""

from __future__ import annotations

from collections.abc import Iterable

from jobfair.fields.input.folding import folded

LONG_WORD = 4
"""A word of this many letters or more is found inside another: «sécurité» in «cybersécurité».
Shorter ones would be found everywhere, «ia» in «spécialiste»: they are looked for where words
begin."""

_ASIDE = str.maketrans({"'": " ", "-": " "})
"""Characters that count as a blank in a search."""

_SMALL_WORDS = (
    "a an and at au aux chez d dans de des du en et for in l la le les of ou pour the un une"
)
_SMALL = frozenset(_SMALL_WORDS.split(" "))
"""Words that say nothing beside others: «stage en data»."""


def searchable(text: str) -> str:
    """A text as it is searched: without case and accents, apostrophes and hyphens as blanks."""
    return " ".join(folded(text).translate(_ASIDE).split())


def asked(searched: str) -> tuple[str, ...]:
    """The words that a search, as `searchable` writes it, asks for: all but the small ones, which
    count where there are no others."""
    words = searched.split()
    return tuple(word for word in words if word not in _SMALL) or tuple(words)


def has(text: str, words: Iterable[str]) -> bool:
    """Whether a text, as `searchable` writes it, has each of these words."""
    return all(has_word(text, word) for word in words)


def has_word(text: str, word: str) -> bool:
    """Whether a text, as `searchable` writes it, has a word: a short one where a word begins."""
    at = text.find(word)
    if len(word) < LONG_WORD:
        while at > 0 and text[at - 1].isalnum():
            at = text.find(word, at + 1)
    return at >= 0
