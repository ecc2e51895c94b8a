"""With which statuses a call of the JSON interface may be refused, for the OpenAPI document."""

from __future__ import annotations

from collections.abc import Set

from jobfair.blueprints.api.calls import Call
from jobfair.web.security.csrf import SAFE_METHODS

WHY = {
    400: "Refused by a rule, or the input is wrong: `errors` then has its fields",
    401: "Nobody is signed in, or no longer",
    403: "Not open to whoever asks, or sent by another site's page",
    404: "There is nothing here, or no longer",
    409: "Received already, and what became of it is not known",
    413: "Too large",
    415: "Not JSON",
    429: "Too often",
    503: "The database does not answer just now",
}
WITH_RETRY_AFTER = {429, 503}


def refused_with(call: Call, method: str, arguments: Set[str], takes_body: bool) -> set[int]:
    """The statuses that follow from how a call is declared, and those it says itself."""
    changes = method not in SAFE_METHODS
    follows = {
        400: changes,
        # A link may ask for a PIN.
        401: not call.anyone or "token" in arguments,
        403: changes or not call.anyone,
        404: bool(arguments),
        413: changes,
        415: takes_body,
        # Links that open nothing are counted.
        429: "token" in arguments,
        503: True,
    }
    return {*call.also, *(status for status, whether in follows.items() if whether)}
