"""Finding people and companies by what somebody types: case and accents do not matter."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """A text without case and accents, for comparing: «Élodie» gives «elodie»."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def matches(search: str, text: str) -> bool:
    """Whether each word of a search occurs in the text; a blank search matches everything."""
    return all(word in folded(text) for word in folded(search).split())
