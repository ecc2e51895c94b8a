"""How often somebody may try, the same on the pages and through JSON."""

from __future__ import annotations

import hashlib
import hmac

from flask import Response, current_app, request
from flask_limiter import Limiter
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from jobfair.exceptions import Problem
from jobfair.fields.emails import folded
from jobfair.web.requests import json_body
from jobfair.web.security.proxies import visitor

limiter = Limiter(key_func=visitor)


def _ip_and_email() -> str:
    return _digest(f"{visitor()} {folded(_email())}")


def _account() -> str:
    return _digest(folded(_email()))


def _digest(who: str) -> str:
    # Where tries are counted is no place for anybody's address.
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, who.encode(errors="replace"), hashlib.sha256).hexdigest()


def _email() -> str:
    # What cannot be read is refused later, in words; here it would look like a failing counter.
    try:
        return str((json_body() if request.is_json else request.form).get("email", ""))
    except (Problem, HTTPException):
        return ""


def _failed(response: Response) -> bool:
    return response.status_code == 401


def _link() -> str:
    return _digest(f"link {(request.view_args or {})['token']}")


def _ip_and_link() -> str:
    return f"{_link()} {_digest(visitor())}"


def _no_deduction(_response: Response) -> bool:
    return False


def _student() -> str:
    return f"student {current_user.student_id}"


# A hall of 3,000 people has one address on its own network, and comes in within minutes. So an
# address alone is held up only beyond what the machine could answer anyway; what keeps a
# password from being guessed is the limit of each account.
sign_in_per_ip = limiter.shared_limit("3000/minute", scope="sign-in")
sign_in_per_account = limiter.shared_limit(
    "10/minute", scope="sign-in-account", key_func=_ip_and_email, deduct_when=_failed
)
# Nobody fills in that form in a second: fewer arrive at once, and each leaves an account behind.
register_per_ip = limiter.shared_limit("1000/minute", scope="register")

# The same for an address with an account and one without: what is counted is the asking.
reset_per_ip = limiter.shared_limit("300/minute", scope="reset")
reset_per_account = limiter.shared_limit("5/hour", scope="reset-account", key_func=_account)

joins_per_student = limiter.shared_limit("60/minute", scope="join", key_func=_student)


# Four digits are ten thousand PINs: at thirty tries an hour, from however many addresses, one day
# in forty finds it. Only wrong ones count, so that a hall behind one address may give its own.
PINS_PER_IP, PINS_PER_LINK = "5/minute", "30/hour"


@limiter.shared_limit(
    PINS_PER_IP, scope="pin-address", key_func=_ip_and_link, deduct_when=_no_deduction
)
@limiter.shared_limit(PINS_PER_LINK, scope="pin-link", key_func=_link, deduct_when=_no_deduction)
def pin_may_be_tried() -> None:
    """Ask, without counting, whether the PIN of this request's link may be tried. Raises 429."""


@limiter.shared_limit(PINS_PER_IP, scope="pin-address", key_func=_ip_and_link)
@limiter.shared_limit(PINS_PER_LINK, scope="pin-link", key_func=_link)
def pin_was_wrong() -> None:
    """Count a wrong PIN, for this request's link and for the address it came from."""


@limiter.shared_limit("600/minute", scope="unknown-link")
def link_is_unknown() -> None:
    """Count an address with a secret in it that opens nothing. Raises 429 beyond the limit.

    Called only where nothing was opened: a guesser in the hall's own network holds nobody up
    whose link is right.
    """
