"""With which statuses a call of the JSON interface may be refused, for the OpenAPI document."""

from __future__ import annotations

from collections.abc import Set

from jobfair.blueprints.api.calls import Call
from jobfair.exceptions import RequestCode
from jobfair.web.security.browsers.csrf import SAFE_METHODS
from jobfair.wording.refusals import REFUSALS

_WHY = {
    RequestCode.INVALID: "Refused by a rule, or the input is wrong: `errors` then has its fields",
    RequestCode.NOT_SIGNED_IN: "Nobody is signed in, or no longer",
    RequestCode.FORBIDDEN: "Not open to you, or sent by another site's page",
    RequestCode.NOT_FOUND: "There is nothing here, or no longer",
    RequestCode.ALREADY_RECEIVED: "Received already, and what became of it is not known",
    RequestCode.TOO_LARGE: "Too large",
    RequestCode.UNSUPPORTED_MEDIA_TYPE: "Not of a type that the call takes",
    RequestCode.TOO_MANY: "Too often",
    RequestCode.UNAVAILABLE: "The database does not answer just now",
}
WHY = {REFUSALS[code].status: description for code, description in _WHY.items()}
CODES = {REFUSALS[code].status: code for code in _WHY}
"""The code that is shown as the example of a status."""

WITH_RETRY_AFTER = {REFUSALS[RequestCode.TOO_MANY].status, REFUSALS[RequestCode.UNAVAILABLE].status}


def refused_with(
    call: Call,
    method: str,
    arguments: Set[str],
    *,
    takes_body: bool,
    keeps_answers: bool,
) -> set[int]:
    """The statuses that follow from how a call is declared, and those it says itself."""
    changes = method not in SAFE_METHODS
    follows = {
        RequestCode.INVALID: True,
        # A link may ask for a PIN.
        RequestCode.NOT_SIGNED_IN: not call.anyone or "token" in arguments,
        RequestCode.FORBIDDEN: changes or not call.anyone,
        RequestCode.NOT_FOUND: bool(arguments),
        RequestCode.ALREADY_RECEIVED: keeps_answers,
        RequestCode.TOO_LARGE: changes,
        RequestCode.UNSUPPORTED_MEDIA_TYPE: takes_body,
        # Links that open nothing are counted.
        RequestCode.TOO_MANY: "token" in arguments,
        RequestCode.UNAVAILABLE: True,
    }
    codes = {*call.also, *(code for code, whether in follows.items() if whether)}
    return {REFUSALS[code].status for code in codes}
