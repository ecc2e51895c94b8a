"""How a 401 says how to sign in: the `WWW-Authenticate` of RFC 9110, in the words of RFC 6750."""

from __future__ import annotations

from flask import request

from jobfair.exceptions import RequestCode
from jobfair.web.refusals import Refused

REALM = "JobFair"
PIN_SCHEME = "Stand-PIN"

NOT_VALID = "The access token is not valid, or its sign-in is over"
EXPIRED = "The access token has expired"
KEY_OVER = "The key is unknown, or was withdrawn"

_OF_PINS = {RequestCode.PIN_REQUIRED, RequestCode.WRONG_PIN}
_OF_TOKENS = {
    RequestCode.NOT_SIGNED_IN: NOT_VALID,
    RequestCode.TOKEN_EXPIRED: EXPIRED,
    RequestCode.KEY_UNKNOWN: KEY_OVER,
}
"""The words for a program that has sent a token. The header takes ASCII only."""


def of(refused: Refused) -> str:
    """The value of `WWW-Authenticate` for a request that was refused with 401."""
    if refused.code in _OF_PINS:
        return _challenge(PIN_SCHEME, realm=REALM)
    why = _OF_TOKENS.get(refused.code)  # type: ignore[call-overload]
    if why is None or not _sent_a_token():
        return _challenge("Bearer", realm=REALM)
    return _challenge("Bearer", realm=REALM, error="invalid_token", error_description=why)


def _challenge(scheme: str, **said: str) -> str:
    # Werkzeug leaves out quotes if it can; RFC 6750 always has them.
    return f"{scheme} " + ", ".join(f'{name}="{text}"' for name, text in said.items())


def _sent_a_token() -> bool:
    authorization = request.authorization
    return authorization is not None and authorization.type == "bearer"
