"""Text for comparing: case, accents and ways to type a sign do not matter."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# What is typed in more ways than one: the apostrophe and the hyphen of keyboards and of word
# processors, and letters that Unicode does not take apart.
_SPELLED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u2032\uff07`\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-"),
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)
_SELECTORS = {*map(chr, range(0xFE00, 0xFE10)), "\u034f"}


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """A text without case, accents and what is not seen, for comparing: «Élodie» gives «elodie»."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_SPELLED))
    return "".join(each for each in apart if not _says_nothing(each))


def _says_nothing(character: str) -> bool:
    return bool(
        unicodedata.combining(character)
        or unicodedata.category(character) == "Cf"
        or character in _SELECTORS
    )
