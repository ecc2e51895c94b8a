"""Colours that organisers choose, and whether they can be read: WCAG 2.2, 1.4.3."""

from __future__ import annotations

import re
from typing import Any

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

LEAST_CONTRAST = 4.5
"""Between a text and what is behind it."""

LIGHT_GROUNDS = ("#ffffff", "#f4f3ef", "#eae8e1")
DARK_GROUNDS = ("#111318", "#1d2027", "#272b34")
"""`--card`, `--paper` and `--sunk` of tokens.css, in either scheme."""

_HEX = re.compile("#?([0-9a-fA-F]{6})")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as `#1b4aa0`, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(grounds: tuple[str, ...]) -> Any:
    """The validator of a colour that can be read on each of these grounds."""

    def checked(value: str) -> str:
        found = _HEX.fullmatch(value)
        if found is None:
            raise PydanticCustomError("colour", "not a colour")
        colour = f"#{found[1].lower()}"
        least = min(contrast(colour, ground) for ground in grounds)
        if least < LEAST_CONTRAST:
            # Rounded down: 4.47 is not 4.5.
            ratio = int(least * 10) / 10
            raise PydanticCustomError("contrast", "cannot be read", {"ratio": ratio})
        return colour

    return AfterValidator(checked)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
