"""The JSON Web Tokens that name a sign-in (flow 1): a short access token, a refresh token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_jwt_extended import create_access_token, create_refresh_token, decode_token
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt import PyJWTError

from jobfair import clock
from jobfair.services.access.sign_ins import NewSession


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a genuine token, which may have expired."""

    sign_in_id: int
    user_id: int
    token_id: str
    expired: bool


def access(sign_in_id: int, user_id: int) -> str:
    """A new access token, valid for half an hour."""
    return _access(user_id, {"sid": sign_in_id}, clock.now())


def pair(opened: NewSession) -> tuple[str, str]:
    """The access token and the refresh token of a sign-in, the same ones at each call."""
    claims = {
        "sid": opened.sign_in_id,
        "jti": opened.refresh_id,
        "iat": opened.at,
        "nbf": opened.at,
    }
    refresh: str = create_refresh_token(
        str(opened.user_id), additional_claims=claims | {"exp": opened.expires_at}
    )
    return _access(opened.user_id, claims, opened.at), refresh


def _access(user_id: int, claims: dict[str, object], at: datetime) -> str:
    expires_at = at + current_app.config["JWT_ACCESS_TOKEN_EXPIRES"]
    token: str = create_access_token(str(user_id), additional_claims=claims | {"exp": expires_at})
    return token


def read(token: str, kind: str) -> Claims | None:
    """The claims of a token; None if it is not genuine. `kind` is access or refresh."""
    try:
        claims = _genuine(token, current_app.config["JWT_SECRET_KEY"])
    except (PyJWTError, JWTExtendedException):
        return None
    if claims["type"] != kind:
        return None
    expires_at = datetime.fromtimestamp(claims["exp"], UTC)
    return Claims(claims["sid"], int(claims["sub"]), claims["jti"], expires_at <= clock.now())


# A page's requests all send the same token, and decoding it takes a twelfth of a page's time.
# A forged token raises, so it is not cached.
@lru_cache(maxsize=10_000)
def _genuine(token: str, _secret: str) -> dict[str, Any]:
    claims: dict[str, Any] = decode_token(token, allow_expired=True)
    return claims
