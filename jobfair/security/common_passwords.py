"""Common passwords, and those made of what is known about somebody, which attackers try first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from zxcvbn.frequency_lists import FREQUENCY_LISTS

SHORTEST = 8
"""Shorter passwords are refused anyway."""

DIFFERENT = 3
"""With fewer different characters than this a password is as good as common."""

# Only zxcvbn's list: its rules can take a second for a password, which would block the process.
_MOST_COMMON = frozenset(each for each in FREQUENCY_LISTS["passwords"] if len(each) >= SHORTEST)
_OF_A_FAIR = frozenset(
    ("jobfair", "forum", "salon", "entreprise", "entretien", "etudiant", "étudiant", "recruteur")
) | frozenset(("recrutement", "stage", "student", "interview", "company", "recruiter", "organiser"))
"""Words of a fair, which are easy to guess here."""

_FRENCH = frozenset(Path(__file__).with_name("french_passwords.txt").read_text().split())
"""Words that stand alone or before figures in French passwords, in small letters and without
accents. Our own list, as no well-kept library has one."""

_ADDED = "0123456789!?.*#$@_-"
LEAST_OF_ONES_OWN = 4
"""How many letters a password has at least beside what is known about its owner."""


def is_about(password: str, known: Iterable[str]) -> bool:
    """Whether it is made of what is known about its owner: a name, an address, a place."""
    plain = _bare(password)
    words = {each for text in known for each in re.split(r"[\W_]+", _bare(text))}
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= DIFFERENT:
            rest = rest.replace(word, "")
    return rest != plain and len(re.sub(r"[\W\d_]", "", rest)) < LEAST_OF_ONES_OWN


def is_common(password: str) -> bool:
    """Whether it is among the 11,600 most common, or as easy: `aaaaaaaa`, `abcdefghijkl`, a
    fair's own words, `soleil2004`.

    Capital letters, and figures or signs at the end, which everybody adds, do not make it
    another.
    """
    plain = password.casefold().strip()
    bare = plain.rstrip(_ADDED)
    known = plain in _MOST_COMMON or bare in _MOST_COMMON or bare in _OF_A_FAIR
    known = known or _bare(bare) in _FRENCH
    return known or _is_pattern(plain)


def _bare(text: str) -> str:
    """In small letters, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def _is_pattern(plain: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return len(set(plain)) < DIFFERENT or steps in ({1}, {-1})
