"""Checks of the signed-in user's own password, counted with their wrong sign-ins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from flask_limiter import RateLimitExceeded
from flask_login import current_user

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.web.security.rate_limits import own_password_may_be_tried, own_password_was_wrong

Done = TypeVar("Done")

# One attempt at a time for each user, by id; see stand_pins.
_attempt_locks: defaultdict[int, Lock] = defaultdict(Lock)


def checked(attempt: Callable[[], Done | Refusal]) -> Done | Refusal:
    """Do what checks the user's password, and returns `wrong_password` if it is another.

    Returns `too_many_passwords` without doing it, after too many wrong ones.
    """
    with _attempt_locks[current_user.id]:
        try:
            own_password_may_be_tried()
            outcome = attempt()
            if isinstance(outcome, Refusal) and outcome.code is RequestCode.WRONG_PASSWORD:
                own_password_was_wrong()
            return outcome
        except RateLimitExceeded:
            return Refusal(RequestCode.TOO_MANY_PASSWORDS)
