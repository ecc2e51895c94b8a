"""The short codes that stand for students on the hall's screen and on their badges, such as KT 42.

They are no secret: they find somebody for the team alone, and let nobody in. They are derived, not
stored: the same student has the same code all day, on every worker, and without the fair's secret
no code says whose it is. Up to 40,000 students no two share one.
"""

from __future__ import annotations

import hmac
import re
from functools import lru_cache

from flask import current_app

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no code is a word; no Y, which looks like a V from afar."""

NUMBERS = 100
CODES = len(LETTERS) ** 2 * NUMBERS

_TYPED = re.compile(rf"\s*([{LETTERS}])\s*([{LETTERS}])\s*([0-9])\s*([0-9])\s*", re.IGNORECASE)


def code(student_id: int) -> str:
    """A student's code: two letters and two digits."""
    stride, start = _order(str(current_app.config["SECRET_KEY"]))
    letters, number = divmod((student_id * stride + start) % CODES, NUMBERS)
    first, second = divmod(letters, len(LETTERS))
    return f"{LETTERS[first]}{LETTERS[second]} {number:02d}"


def remainder(typed: str) -> int | None:
    """The id of every student with this code, modulo `CODES`. Case and blanks do not matter. None
    if it is no code.
    """
    found = _TYPED.fullmatch(typed)
    if found is None:
        return None
    first, second, *digits = found[1].upper(), found[2].upper(), found[3], found[4]
    letters = LETTERS.index(first) * len(LETTERS) + LETTERS.index(second)
    stride, start = _order(str(current_app.config["SECRET_KEY"]))
    number = letters * NUMBERS + int("".join(digits))
    return (number - start) * pow(stride, -1, CODES) % CODES


@lru_cache(maxsize=4)
def _order(secret: str) -> tuple[int, int]:
    """The stride and start by which codes are given: the stride reaches every code once."""
    digest = hmac.digest(secret.encode(), b"the hall's codes", "sha256")
    stride, start = int.from_bytes(digest[:4]), int.from_bytes(digest[4:8])
    # A stride that ends in 1 has no common divisor with 40,000.
    return stride % (CODES // 10) * 10 + 1, start
