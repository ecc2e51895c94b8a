"""In which encoding a text file was saved.

What says so itself, by a mark or by being valid UTF-8, is believed. The older encodings of
Windows, Macs and DOS are all valid for nearly any bytes; there the letters decide, as French is
written: é is usual and ä is rare, a capital follows no small letter, a sign stands in no word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

OLDER = ("cp1252", "mac_roman", "cp850")
"""Windows, Macs, and the DOS whose files some school systems still write."""

_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_SAMPLE = 200

_WORDS_JUDGED = 2000
_WORD = re.compile(rb"[^\s;,|\t\"]*[\x80-\xff][^\s;,|\t\"]*")

_USUAL = frozenset("éèêëàâçîïôûùœ")
_CAPITALS = frozenset(each.upper() for each in _USUAL - {"ù"})
_FOREIGN = frozenset("äáãåíìñóöòõúüÿæßÙÄÁÃÅÍÌÑÓÖÒÕÚÜŸÆ")
_WITHIN = frozenset("’·\N{NO-BREAK SPACE}")
"""Signs on both sides of which letters may stand."""
_OPENING = frozenset("‘“«")
_CLOSING = frozenset("”»…°º")
_ALONE = frozenset("•–—€£©®™§")
_SIGNS = _WITHIN | _OPENING | _CLOSING | _ALONE

# How much speaks against a reading: a letter of French nothing, what no text has the most.
_RARE, _ODD, _IMPOSSIBLE = 2, 4, 6
_TOO_MUCH = 4
"""Against each word, on average: that is no text."""
_MARGIN = 3
"""By how much one reading has to be better than another."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's text. `readings` are the encodings between which nothing decided, best first.

    `readings` has one where the file said its own, or its letters did.
    """

    text: str
    readings: tuple[str, ...]


def read(data: bytes, chosen: str | None = None) -> Reading:
    """The text of a file; `chosen` is one of OLDER that somebody has picked for it.

    Raises ValueError for a file that is not text.
    """
    own = _own(data)
    readings = (own,) if own else _older(data)
    encoding = chosen if chosen in readings else readings[0]
    text = data.decode(encoding, "replace" if encoding in OLDER else "strict")
    # One that got into a line spoils that line only; what is no text has them from the beginning.
    if "\0" in text.strip().partition("\n")[0]:
        raise ValueError("not text")
    return Reading(text, readings)


def examples(data: bytes, encoding: str, most: int = 3) -> tuple[str, ...]:
    """The first words that tell one encoding from another, as this one reads them."""
    words = dict.fromkeys(_WORD.findall(data))
    return tuple(word.decode(encoding, "replace") for word in list(words)[:most])


def _own(data: bytes) -> str | None:
    """The encoding that a file says it has; None for an older one."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding
    # UTF-16 without its mark: every ASCII letter has a zero byte beside it.
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[start:_SAMPLE:2].count(0) > _SAMPLE // 4:
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _older(data: bytes) -> tuple[str, ...]:
    """The older encodings in which the words are most likely, best first.

    Those that are about as likely as the best are all there: somebody has to choose. Raises
    ValueError where none is likely.
    """
    words = list(dict.fromkeys(_WORD.findall(data)))[:_WORDS_JUDGED]
    against = {each: sum(_against(word, each) for word in words) for each in OLDER}
    ranked = sorted(OLDER, key=against.__getitem__)
    least = against[ranked[0]]
    if least > _TOO_MUCH * len(words):
        raise ValueError("not text")
    return tuple(each for each in ranked if against[each] < least + _MARGIN)


def _against(word: bytes, encoding: str) -> int:
    """How much speaks against reading a word in an encoding."""
    try:
        text = word.decode(encoding)
    except UnicodeDecodeError:
        return _IMPOSSIBLE
    plain = [each for each in text if each.isascii() and each.isalpha()]
    shouted = len(plain) > 1 and all(map(str.isupper, plain))
    letters = sum(_unlikely(each, shouted) for each in text if each > "\x7f")
    return letters + _ODD * sum(_odd(*pair, shouted) for pair in pairwise(text))


def _unlikely(character: str, shouted: bool) -> int:
    if shouted and character.islower():
        return _ODD
    if character in _USUAL:
        return 0
    if character in _CAPITALS or character in _SIGNS:
        return 0 if shouted else 1
    return _RARE if character in _FOREIGN else _IMPOSSIBLE


def _odd(left: str, right: str, shouted: bool) -> bool:
    """Whether two characters do not follow each other within a word."""
    accented = right > "\x7f" and right.isupper()
    return (
        (accented and left.isalpha() and not shouted)
        or (left.isalpha() and right in _OPENING | _ALONE)
        or (left in _CLOSING | _ALONE and right.isalpha())
    )
