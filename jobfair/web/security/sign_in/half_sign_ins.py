"""Between the password and the second factor: a signed cookie that says whose password was right.

The cookie opens nothing: there is no sign-in yet, and no row of one. Only the browser that gave the
password has the cookie, for five minutes. A new password ends it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from threading import Lock

from flask import Response, current_app, g, request
from flask_limiter import RateLimitExceeded
from itsdangerous import BadSignature, URLSafeTimedSerializer

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.queries.access import second_factors as factors
from jobfair.queries.access.second_factors import Known
from jobfair.services.access import second_factors
from jobfair.services.access.second_factors import Kind
from jobfair.services.access.sign_ins import NewSession
from jobfair.web.security import traces
from jobfair.web.security.browsers import cookies
from jobfair.web.security.limits.rate_limits import code_may_be_tried, code_was_wrong

COOKIE = "jobfair_half"
LIFETIME = timedelta(minutes=5)

# One attempt at a time for each user, by id; see stand_pins.
_attempt_locks: defaultdict[int, Lock] = defaultdict(Lock)


def remember(response: Response, user_id: int) -> None:
    """Let this browser go on to the second factor."""
    known = factors.known(user_id)
    if known is not None:
        value = _serializer().dumps([user_id, known.proof])
        cookies.set_cookie(response, COOKIE, value, LIFETIME)


def forget(response: Response) -> None:
    """Ask this browser for the password again."""
    cookies.delete_cookie(response, COOKIE)


def known() -> Known | None:
    """Whose password this browser has just given; None if it has not, or too long ago."""
    given = cookies.read_cookie(COOKIE) or ""
    try:
        user_id, proof = _serializer().loads(given, int(LIFETIME.total_seconds()))
    except BadSignature:
        return None
    found = factors.known(user_id)
    return found if found is not None and found.proof == proof else None


def finish_at_once(user_id: int, email: str, code: str | None) -> NewSession | Refusal:
    """Sign a program in, which sends its code with the password.

    Returns what `finish` returns, or `second_factor_needed` without a code: that is no failure, and
    is not counted.
    """
    if code is None:
        g.signing_in_as = email
        return Refusal(RequestCode.SECOND_FACTOR_NEEDED)
    return finish(user_id, email, code)


def finish(user_id: int, email: str, code: str) -> NewSession | Refusal:
    """Sign in a user whose password was right, by the code that they give now.

    Returns `wrong_second_factor`, or `too_many`: wrong codes count with wrong passwords, for each
    browser that the account knows.
    """
    g.signing_in_as = email
    with _attempt_locks[user_id]:
        try:
            code_may_be_tried()
            outcome = second_factors.sign_in(user_id, code, request.user_agent.string)
            if isinstance(outcome, Refusal):
                code_was_wrong()
                traces.wrong_code(user_id)
                return outcome
        except RateLimitExceeded:
            return Refusal(RequestCode.TOO_MANY)
    opened, kind = outcome
    if kind is Kind.RECOVERY:
        traces.recovery_code_used(user_id, email)
    return opened


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="half signed in")
