"""What stands for a company that has no logo: one or two letters, in one of a few colours."""

from __future__ import annotations

import re

TONES = 5
"""How many colours there are: `.mark-0` and so on in `components.css`."""


def monogram(name: str) -> str:
    """The first letters of the first two words, or of the only one: «Banque du Midi» gives «BD»,
    «Airbus» gives «Ai»."""
    found = re.findall(r"\w+", name)
    if len(found) == 1:
        return str(found[0][:2]).capitalize()
    return "".join(word[0] for word in found[:2]).upper()


def tone(company_id: int) -> int:
    """The colour of a company, from 0: the same on every page."""
    return company_id % TONES
