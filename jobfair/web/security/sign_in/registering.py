"""Registering, on the page and through JSON: wrong words of the fair are counted."""

from __future__ import annotations

from threading import Lock

from flask_limiter import RateLimitExceeded

from jobfair.domain.refusals import Code, Refusal
from jobfair.exceptions import RequestCode
from jobfair.queries.fair import sign_up
from jobfair.services.access import accounts
from jobfair.services.access.accounts import Account, NewStudent
from jobfair.web.security.limits.rate_limits import word_may_be_tried, word_was_wrong

# One try at a time: otherwise a thousand could be compared before the first is counted.
_one_try = Lock()


def register(new: NewStudent, word: str | None) -> Account | Refusal:
    """Make a student's own account; `word` is what they typed as the word of the fair.

    Returns the refusals of `accounts.register`, or `too_many_codes`. Checks before the password is
    hashed, because hashing is slow.
    """
    return _refusal(new.email, word) or accounts.register(new, word)


def _refusal(email: str, word: str | None) -> Refusal | None:
    if sign_up.shown_word() is None:
        return accounts.check_sign_up(email, word)
    with _one_try:
        try:
            word_may_be_tried()
            refusal = accounts.check_sign_up(email, word)
            if refusal is not None and refusal.code is Code.WRONG_CODE:
                word_was_wrong()
        except RateLimitExceeded:
            return Refusal(RequestCode.TOO_MANY_CODES)
    return refusal
