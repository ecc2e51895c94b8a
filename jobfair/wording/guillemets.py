"""Quotes keep to what they quote: no line ends after « or begins with »."""

from __future__ import annotations

import re

NARROW = "\N{NARROW NO-BREAK SPACE}"

_OPENING = re.compile(r"«\s?")
_CLOSING = re.compile(r"\s?»")


def kept_together(words: str) -> str:
    """Words with a narrow no-break space inside each «…», however they were written."""
    return _CLOSING.sub(f"{NARROW}»", _OPENING.sub(f"«{NARROW}", words)) if "«" in words else words
