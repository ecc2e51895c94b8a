"""The PIN that a stand's link asks a new device for, and the device's proof that it was given.

Nothing about a device is stored on the server. The proof is a cookie with an HMAC of the link and
of the PIN's hash, so that a new link or a new PIN makes it invalid.

A plain HMAC, because itsdangerous signs a content and this proof has none.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from datetime import timedelta
from threading import Lock

from flask import Response, request
from flask_limiter import RateLimitExceeded

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import PinWanted, RequestCode
from jobfair.queries.stand.stands import StandLink
from jobfair.security.hashing import passwords
from jobfair.security.keyed_digest import keyed_digest
from jobfair.web.security.browsers import cookies
from jobfair.web.security.limits.rate_limits import pin_may_be_tried, pin_was_wrong

HEADER = "X-Company-Pin"

# Longer than a fair: no stand is asked again on the second morning.
COOKIE_LIFETIME = timedelta(days=7)

# One attempt at a time for each stand, by company id. Otherwise a thousand parallel attempts would
# all be checked before the first one is counted.
_attempt_locks: defaultdict[int, Lock] = defaultdict(Lock)


def check(link: StandLink) -> None:
    """Check that the PIN of a link was given, if it has one. Raises PinWanted.

    A browser proves it with its cookie; a program sends the PIN as a header.
    """
    if was_given(link):
        return
    pin = request.headers.get(HEADER)
    refusal = Refusal(RequestCode.PIN_REQUIRED) if pin is None else attempt(link, pin)
    if refusal is not None:
        raise PinWanted(refusal.code)


def was_given(link: StandLink) -> bool:
    """Whether this browser has given the PIN before, or the link has none."""
    if link.pin_hash is None:
        return True
    given = cookies.read_cookie(_cookie(link)) or ""
    return hmac.compare_digest(given.encode(), _proof(link).encode())


def attempt(link: StandLink, pin: str) -> Refusal | None:
    """Check a PIN. Returns None if it is right, else `wrong_pin` or `too_many_pins`."""
    with _attempt_locks[link.company.id]:
        try:
            pin_may_be_tried()
            if passwords.verify(link.pin_hash, pin):
                return None
            pin_was_wrong()
        except RateLimitExceeded:
            return Refusal(RequestCode.TOO_MANY_PINS)
    return Refusal(RequestCode.WRONG_PIN)


def remember(response: Response, link: StandLink) -> None:
    """Set the cookie that proves that the PIN was given."""
    cookies.set_cookie(response, _cookie(link), _proof(link), COOKIE_LIFETIME)


def _cookie(link: StandLink) -> str:
    # One cookie for each stand, because a browser may be used for two.
    return f"jobfair_stand_{link.company.id}"


def _proof(link: StandLink) -> str:
    return keyed_digest(f"pin {link.company.id} {link.token} {link.pin_hash}")
