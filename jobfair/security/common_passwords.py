"""Common passwords, which attackers try first."""

from __future__ import annotations

from itertools import pairwise

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

_ADDED = "0123456789!?.*#$@_-"


def is_common(password: str) -> bool:
    """Whether it is among the 11,600 most common, or as easy: `aaaaaaaa`, `abcdefghijkl`, a
    fair's own words.

    Capital letters, and figures or signs at the end, which everybody adds, do not make it
    another.
    """
    plain = password.casefold().strip()
    bare = plain.rstrip(_ADDED)
    known = plain in _MOST_COMMON or bare in _MOST_COMMON or bare in _OF_A_FAIR
    return known or _is_pattern(plain)


def _is_pattern(plain: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return len(set(plain)) < DIFFERENT or steps in ({1}, {-1})
