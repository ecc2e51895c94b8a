"""How often somebody may try, the same on the pages and through JSON."""

from __future__ import annotations

import hashlib
import hmac

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from jobfair.errors import Problem
from jobfair.extensions import limiter
from jobfair.inputs import json_body
from jobfair.proxies import visitor
from jobfair.services.accounts import folded


def _address_and_email() -> str:
    # Where tries are counted is no place for anybody's address.
    secret = current_app.config["SECRET_KEY"].encode()
    who = f"{visitor()} {folded(_email())}".encode(errors="replace")
    return hmac.new(secret, who, hashlib.sha256).hexdigest()


def _email() -> str:
    # What cannot be read is refused later, in words; here it would look like a failing counter.
    try:
        return str((json_body() if request.is_json else request.form).get("email", ""))
    except (Problem, HTTPException):
        return ""


def _failed(response: Response) -> bool:
    return response.status_code == 401


# A hall of 3,000 people has one address on its own network, and comes in within minutes. So an
# address alone is held up only beyond what the machine could answer anyway; what keeps a
# password from being guessed is the limit of each account.
sign_in_per_address = limiter.shared_limit("3000/minute", scope="sign-in")
sign_in_per_account = limiter.shared_limit(
    "10/minute", scope="sign-in-account", key_func=_address_and_email, deduct_when=_failed
)
# Nobody fills in that form in a second: fewer arrive at once, and each leaves an account behind.
register_per_address = limiter.shared_limit("1000/minute", scope="register")
