"""Signing in with the school's account: one browser's attempt, from going there to coming back.

A signed cookie identifies the attempt. It stays in the browser for ten minutes, and is deleted at
its first use. So nobody can send somebody back here with another person's answer.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from flask import Response, current_app, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.emails import canonical
from jobfair.security import openid
from jobfair.security.keyed_digest import keyed_digest
from jobfair.security.openid import Claims, NotProved, ProviderOutOfReach
from jobfair.services.access.school_accounts import SchoolIdentity
from jobfair.web.security.browsers import cookies

ATTEMPT_COOKIE, IDENTITY_COOKIE = "jobfair_school", "jobfair_school_name"
LIFETIME = timedelta(minutes=10)
LONGEST_SUBJECT = 255

THEIR_OWN_FAULT = ("server_", "temporarily_")
"""The first letters of the provider's errors that are its own fault and no denial (RFC 6749,
4.1.2.1)."""

log = logging.getLogger("jobfair.security")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A browser on its way to the provider: the address there, and the content of its cookie."""

    address: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody who has come back, the page that they wanted here, and the company whose queue they
    wanted to join."""

    who: SchoolIdentity
    wanted: str | None
    joins: int | None


def begin(wanted: str | None, joins: int | None, again: bool) -> Attempt | Refusal:
    """Begin an attempt, which leads to the page `wanted` and into the queue of the company `joins`.

    `again` is for somebody who has to prove again who they are. Returns `school_out_of_reach`.
    """
    state = secrets.token_urlsafe(24)
    try:
        address = openid.sign_in_address(_callback(), state, _nonce(state), _verifier(state), again)
    except ProviderOutOfReach as error:
        return _out_of_reach(error)
    return Attempt(address, _serializer("attempt").dumps([state, wanted, joins]))


def set_attempt(response: Response, attempt: Attempt) -> None:
    """Let the browser keep the attempt. It replaces an older one."""
    cookies.set_cookie(response, ATTEMPT_COOKIE, attempt.cookie, LIFETIME)


def end_attempt(response: Response) -> None:
    """Forget the attempt, whatever its result: an answer cannot be used twice."""
    cookies.delete_cookie(response, ATTEMPT_COOKIE)


def has_attempt() -> bool:
    """Whether this browser is on its way."""
    return _attempt() is not None


def come_back(answer: Mapping[str, str]) -> Returned | Refusal:
    """Who has come back; `answer` is the query of the address.

    Returns `school_attempt_over` if this browser has another attempt or none, `school_denied`,
    `school_not_proved` or `school_out_of_reach`.
    """
    attempt = _attempt()
    given = answer.get("state", "")
    if attempt is None or not hmac.compare_digest(attempt[0].encode(), given.encode()):
        return Refusal(RequestCode.SCHOOL_ATTEMPT_OVER)
    state, wanted, joins = attempt
    if "error" in answer:
        return _error(answer["error"])
    name, _value = _organiser_claim()
    asked_for = frozenset(filter(None, ("email", "given_name", "family_name", name)))
    try:
        issuer, claims = openid.claims_of(
            answer, _callback(), _nonce(state), _verifier(state), asked_for
        )
    except ProviderOutOfReach as error:
        return _out_of_reach(error)
    except NotProved as error:
        log.warning("the school's account: not proved: %s", error)
        return Refusal(RequestCode.SCHOOL_NOT_PROVED)
    if len(claims["sub"]) > LONGEST_SUBJECT:
        return Refusal(RequestCode.SCHOOL_NOT_PROVED)
    return Returned(_identity(issuer, claims), wanted, joins)


def keep_identity(response: Response, returned: Returned) -> None:
    """Let the browser keep a person's identity until they have given the missing data."""
    kept = _serializer("identity").dumps([asdict(returned.who), returned.wanted, returned.joins])
    cookies.set_cookie(response, IDENTITY_COOKIE, kept, LIFETIME)


def forget_identity(response: Response) -> None:
    """Forget that identity."""
    cookies.delete_cookie(response, IDENTITY_COOKIE)


def kept_identity() -> Returned | None:
    """The identity of a person whose data are incomplete; None after LIFETIME."""
    kept = _kept("identity", IDENTITY_COOKIE)
    return None if kept is None else Returned(SchoolIdentity(**kept[0]), kept[1], kept[2])


def sign_out_address() -> str | None:
    """The address where somebody signs out at the school itself; None if there is none."""
    return openid.sign_out_address(_public("auth.home"))


def _identity(issuer: str, claims: Claims) -> SchoolIdentity:
    first_name, last_name = _names(claims)
    return SchoolIdentity(
        issuer=issuer,
        subject=claims["sub"],
        email=_verified_email(claims),
        first_name=first_name,
        last_name=last_name,
        organiser=_is_organiser(claims),
    )


def _verified_email(claims: Claims) -> str | None:
    # Some providers write it as text.
    if claims.get("email_verified") not in (True, "true"):
        return None
    try:
        return canonical(str(claims.get("email", "")))
    except ValueError:
        return None


def _names(claims: Claims) -> tuple[str, str]:
    first, last = (str(claims.get(name) or "") for name in ("given_name", "family_name"))
    if first and last:
        return first, last
    before, _space, after = str(claims.get("name") or "").strip().partition(" ")
    return (before, after) if after else (first, last)


def _is_organiser(claims: Claims) -> bool:
    name, value = _organiser_claim()
    if name is None:
        return False
    said = claims.get(name)
    return value in (said if isinstance(said, list) else [said])


def _organiser_claim() -> tuple[str | None, str]:
    name, _equals, value = current_app.config["OIDC_ORGANISER_CLAIM"].partition("=")
    return name or None, value


def _error(code: str) -> Refusal:
    if code.startswith(THEIR_OWN_FAULT):
        return Refusal(RequestCode.SCHOOL_OUT_OF_REACH)
    return Refusal(RequestCode.SCHOOL_DENIED)


def _out_of_reach(error: ProviderOutOfReach) -> Refusal:
    log.error("the school's account: out of reach: %s", error)
    return Refusal(RequestCode.SCHOOL_OUT_OF_REACH)


def _callback() -> str:
    return _public("school.come_back")


def _public(endpoint: str) -> str:
    # Never from the request's host name: the provider knows only one address.
    return str(current_app.config["PUBLIC_URL"].rstrip("/") + url_for(endpoint))


# Both are computed from the state, so that the cookie contains no secret.


def _nonce(state: str) -> str:
    return keyed_digest(f"school nonce {state}")


def _verifier(state: str) -> str:
    return keyed_digest(f"school verifier {state}")


def _attempt() -> tuple[str, str | None, int | None] | None:
    kept = _kept("attempt", ATTEMPT_COOKIE)
    return None if kept is None else (kept[0], kept[1], kept[2])


def _kept(what: str, cookie: str) -> Any:
    try:
        given = cookies.read_cookie(cookie) or ""
        return _serializer(what).loads(given, int(LIFETIME.total_seconds()))
    except BadSignature:
        return None


def _serializer(what: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"school {what}")
