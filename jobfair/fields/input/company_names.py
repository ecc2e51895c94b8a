"""What makes two companies' names the same."""

from __future__ import annotations

LONGEST_KEY = 400


def name_key(name: str) -> str:
    """What a name is compared by: neither case nor surplus blanks matter.

    A ligature counts as the letters it stands for, so the key may be longer than the name.
    """
    return " ".join(name.split()).casefold()
