"""Finding people and companies by name: case and accents do not matter."""

from __future__ import annotations

from jobfair.fields.input.folding import folded


def matches(search: str, text: str) -> bool:
    """Whether each word of a search occurs in the text; a blank search matches everything."""
    return all(word in folded(text) for word in folded(search).split())
