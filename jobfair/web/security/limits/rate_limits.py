"""The rate limits, the same for pages and for JSON."""

from __future__ import annotations

from flask import Response, g, request
from flask_limiter import Limiter
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from jobfair.exceptions import Problem
from jobfair.fields.input.emails import folded
from jobfair.security.keyed_digest import keyed_digest
from jobfair.web.requests import json_body
from jobfair.web.security import traces
from jobfair.web.security.browsers.known_devices import device_of
from jobfair.web.security.limits import rate_limit_storage  # noqa: F401 - it registers itself
from jobfair.web.security.proxies import visitor

limiter = Limiter(key_func=visitor)


# No e-mail address is stored where attempts are counted: hence the digests.


def _who_tries() -> str:
    return _whose_tries(given_email())


def _who_tries_own() -> str:
    return _whose_tries(current_user.email)


def _whose_tries(email: str) -> str:
    """The device, if the account has signed in from it before; else the visitor's address."""
    device = device_of(email)
    return keyed_digest(f"{visitor() if device is None else device} {folded(email)}")


def _is_known_device() -> bool:
    return device_of(given_email()) is not None


def _account() -> str:
    return keyed_digest(folded(given_email()))


def given_email() -> str:
    """The address that the request wants to sign in or register with; empty without one.

    After the password it is known; the next form does not contain it.
    """
    if "signing_in_as" in g:
        return str(g.signing_in_as)
    # An unreadable body is refused later, with a sentence. An error here would look like a
    # failure of the counter.
    try:
        return str((json_body() if request.is_json else request.form).get("email", ""))
    except (Problem, HTTPException):
        return ""


def _note_refusal(_limit: object) -> None:
    traces.too_many(given_email())


def _failed(response: Response) -> bool:
    # A wrong code has been counted separately; a right password without a code is no failure.
    return response.status_code == 401 and "signing_in_as" not in g


def _link() -> str:
    return keyed_digest(f"link {(request.view_args or {})['token']}")


def _ip_and_link() -> str:
    return f"{_link()} {keyed_digest(visitor())}"


def _no_deduction(_response: Response) -> bool:
    return False


def _key() -> str:
    return f"key {current_user.key_id}"


def _student() -> str:
    return f"student {current_user.student_id}"


# A hall of 3,000 people may share one IP address and sign in within minutes. So the limit of an
# IP address is above what the machine can answer anyway; the limit of each account is what
# prevents guessing passwords.
sign_in_per_ip = limiter.shared_limit("3000/minute", scope="sign-in", on_breach=_note_refusal)
#
# A device from which the account has signed in before has its own tries: somebody who guesses
# elsewhere does not use them up. All other devices together have this many tries a day.
TRIES_PER_DEVICE, TRIES_OF_STRANGERS = "10/minute;40/hour", "100/day"
sign_in_per_device = limiter.shared_limit(
    TRIES_PER_DEVICE,
    scope="sign-in-account",
    key_func=_who_tries,
    deduct_when=_failed,
    on_breach=_note_refusal,
)
sign_in_of_strangers = limiter.shared_limit(
    TRIES_OF_STRANGERS,
    scope="sign-in-strangers",
    key_func=_account,
    deduct_when=_failed,
    exempt_when=_is_known_device,
    on_breach=_note_refusal,
)
# Lower than for signing in: the form takes longer to fill in, and each one makes an account.
register_per_ip = limiter.shared_limit("1000/minute", scope="register")

# Each visit sends a request to the school's provider, which is somebody else's machine.
school_per_ip = limiter.shared_limit("3000/minute", scope="school")

# There are some sixty thousand words: with 300 tries an hour the chance is one in 200. A hall of
# 3,000 people may share one IP address, and some of them mistype the word.
WRONG_WORDS = "60/minute;300/hour"


@limiter.shared_limit(WRONG_WORDS, scope="word", deduct_when=_no_deduction)
def word_may_be_tried() -> None:
    """Check, without counting, whether the word of the fair may be tried. Raises 429."""


@limiter.shared_limit(WRONG_WORDS, scope="word")
def word_was_wrong() -> None:
    """Count a wrong word of the fair, for the visitor's IP address."""


# Counts every request, so that it does not show which e-mail addresses have an account.
reset_per_ip = limiter.shared_limit("300/minute", scope="reset")
reset_per_account = limiter.shared_limit("5/hour", scope="reset-account", key_func=_account)

# So that nobody fills a stranger's mailbox by registering with their address.
address_codes_per_student = limiter.shared_limit("6/hour", scope="address", key_func=_student)

joins_per_student = limiter.shared_limit("60/minute", scope="join", key_func=_student)


CALLS_OF_A_KEY = "600 per minute"


@limiter.shared_limit(CALLS_OF_A_KEY, scope="key", key_func=_key)
def key_is_used() -> None:
    """Count a call with a key. Raises 429, so that a faulty program slows nobody else down."""


# Each change is pushed to all who wait there, and to everybody's list of companies.
door_signs_per_link = limiter.shared_limit("10/minute", scope="door-sign", key_func=_link)


@limiter.shared_limit(
    TRIES_PER_DEVICE, scope="sign-in-account", key_func=_who_tries_own, deduct_when=_no_deduction
)
def own_password_may_be_tried() -> None:
    """Check, without counting, whether the user's own password may be tried. Raises 429."""


@limiter.shared_limit(TRIES_PER_DEVICE, scope="sign-in-account", key_func=_who_tries_own)
def own_password_was_wrong() -> None:
    """Count a wrong password of the user who is signed in."""


# Three of a million codes are right. A hundred tries a day from unknown devices, by somebody who
# knows the password, find one in nine years; forty an hour from a known device, in a year.
@limiter.shared_limit(
    TRIES_PER_DEVICE, scope="sign-in-account", key_func=_who_tries, deduct_when=_no_deduction
)
@limiter.shared_limit(
    TRIES_OF_STRANGERS,
    scope="sign-in-strangers",
    key_func=_account,
    exempt_when=_is_known_device,
    deduct_when=_no_deduction,
    on_breach=_note_refusal,
)
def code_may_be_tried() -> None:
    """Check, without counting, whether a second factor may be tried. Raises 429."""


@limiter.shared_limit(TRIES_PER_DEVICE, scope="sign-in-account", key_func=_who_tries)
@limiter.shared_limit(
    TRIES_OF_STRANGERS,
    scope="sign-in-strangers",
    key_func=_account,
    exempt_when=_is_known_device,
)
def code_was_wrong() -> None:
    """Count a wrong code, with the wrong passwords of the same account and device."""


# Four digits are ten thousand PINs. At thirty attempts an hour, from any number of IP addresses,
# guessing for eight hours finds one in forty. Only wrong PINs count, so that all the stands of a
# hall may share one IP address.
PINS_PER_IP, PINS_PER_LINK = "5/minute", "30/hour"


@limiter.shared_limit(
    PINS_PER_IP, scope="pin-address", key_func=_ip_and_link, deduct_when=_no_deduction
)
@limiter.shared_limit(PINS_PER_LINK, scope="pin-link", key_func=_link, deduct_when=_no_deduction)
def pin_may_be_tried() -> None:
    """Check, without counting, whether the PIN of this link may be tried. Raises 429."""


@limiter.shared_limit(PINS_PER_IP, scope="pin-address", key_func=_ip_and_link)
@limiter.shared_limit(PINS_PER_LINK, scope="pin-link", key_func=_link)
def pin_was_wrong() -> None:
    """Count a wrong PIN, for this link and for the IP address."""


@limiter.shared_limit("600/minute", scope="unknown-link")
def link_is_unknown() -> None:
    """Count a request with an unknown secret link. Raises 429 beyond the limit.

    Called only after the lookup has failed: if somebody in the hall's network guesses links, right
    links still open.
    """
