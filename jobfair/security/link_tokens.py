"""The secrets in links: making them, and reading them however a link was passed on."""

from __future__ import annotations

import re
import secrets
from itertools import product

LENGTH = 32
"""Characters of a secret, of which there are 64: letters, digits, `-` and `_`."""

_LETTERS = re.compile(r"[A-Za-z0-9_-]+")
_PUNCTUATION = "-_"
_MOST_LOST = 2


def new() -> str:
    """A new secret of 32 random characters.

    It ends in a letter or a digit: what turns text into links leaves punctuation at the end out.
    """
    while not (token := secrets.token_urlsafe(LENGTH * 3 // 4))[-1].isalnum():
        pass
    return token


def cleaned(text: str) -> str:
    """The secret in the part of an address where one stands, without what a text added to it.

    A full stop, a bracket or an invisible character may follow it, or a mark of italics. Empty
    where nothing in the text can be a secret.
    """
    found = _LETTERS.search(text)
    return found[0][:LENGTH] if found else ""


def spellings(token: str) -> list[str]:
    """What a secret may have been before its link was passed on, as it is first.

    Older ones may end in punctuation, and so have lost it.
    """
    lost = LENGTH - len(token)
    ends = product(_PUNCTUATION, repeat=lost) if 0 < lost <= _MOST_LOST else ()
    return [token, *(token + "".join(each) for each in ends)]
