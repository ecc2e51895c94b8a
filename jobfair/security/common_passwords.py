"""The passwords that are tried first, because so many people have them."""

from __future__ import annotations

from itertools import pairwise

from zxcvbn.frequency_lists import FREQUENCY_LISTS

SHORTEST = 8
"""Shorter ones are refused for that already."""

DIFFERENT = 3
"""With fewer different characters than this a password is as good as common."""

# Its list alone: to judge a password by zxcvbn's rules can take a second, in which nobody else
# is answered.
_MOST_COMMON = frozenset(each for each in FREQUENCY_LISTS["passwords"] if len(each) >= SHORTEST)
_OF_A_FAIR = frozenset(
    ("jobfair", "forum", "salon", "entreprise", "entretien", "etudiant", "étudiant", "recruteur")
) | frozenset(("recrutement", "stage", "student", "interview", "company", "recruiter", "organiser"))
"""What comes to mind here, and to whoever guesses."""

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
