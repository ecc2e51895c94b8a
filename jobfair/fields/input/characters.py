"""Characters that are there and are not seen, of which Unicode's categories do not tell all."""

from __future__ import annotations

import unicodedata

# Letters and a symbol that are drawn as nothing.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN_KINDS = frozenset({"Cf", "Mn", "Zs"})

# They only say where a line may break, or begin a file. What joins letters or emoji stays.
_STRAY = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def shows(text: str) -> bool:
    """Whether anything of a text is seen."""
    return any(
        unicodedata.category(each) not in _UNSEEN_KINDS and each not in _BLANK for each in text
    )


def without_stray(text: str) -> str:
    """A text without what is not seen and says nothing, as copied from a web page."""
    return text.translate(_STRAY)


def initial(name: str) -> str:
    """The first letter or digit of a name, with its marks; empty where there is none.

    An emoji before it is no initial, and many are several characters, of which the first is
    another.
    """
    kinds = [unicodedata.category(each)[0] for each in name]
    start = next((at for at, kind in enumerate(kinds) if kind in "LN"), len(name))
    end = next((at for at, kind in enumerate(kinds) if at > start and kind != "M"), len(name))
    return name[start:end]
