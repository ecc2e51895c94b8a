"""The short codes that stand for students on the hall's screen, such as KT 42.

They are derived, not stored: the same student has the same code all day, on every worker, and
without the fair's secret no code says whose it is. Up to 40,000 students no two share one.
"""

from __future__ import annotations

import hmac
from functools import lru_cache

from flask import current_app

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no code is a word; no Y, which looks like a V from afar."""

NUMBERS = 100
CODES = len(LETTERS) ** 2 * NUMBERS


def code(student_id: int) -> str:
    """A student's code: two letters and two digits."""
    stride, start = _order(str(current_app.config["SECRET_KEY"]))
    letters, number = divmod((student_id * stride + start) % CODES, NUMBERS)
    first, second = divmod(letters, len(LETTERS))
    return f"{LETTERS[first]}{LETTERS[second]} {number:02d}"


@lru_cache(maxsize=4)
def _order(secret: str) -> tuple[int, int]:
    """The stride and start by which codes are given: the stride reaches every code once."""
    digest = hmac.digest(secret.encode(), b"the hall's codes", "sha256")
    stride, start = int.from_bytes(digest[:4]), int.from_bytes(digest[4:8])
    # A stride that ends in 1 has no common divisor with 40,000.
    return stride % (CODES // 10) * 10 + 1, start
