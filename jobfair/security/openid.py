"""The door to the school's provider of OpenID Connect, and to Authlib; nothing else has one.

A provider is somebody else's machine: it may be away, silent, or say what does not hold. It gets a
few seconds in all, and each answer is checked before anything of it is believed.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from flask import current_app
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import RequestException
from urllib3 import Timeout

from jobfair.extensions import PerApp
from jobfair.settings.types import DISCOVERY

PATIENCE_SECONDS = 4.0
"""For all that a request asks the provider, together."""

DESCRIBED_FOR_SECONDS = 3600.0
"""How long its description and keys are believed; an unknown key is asked for at once."""

LEEWAY_SECONDS = 60
"""How far its clock may be from ours."""

SCOPES = "openid profile email"

SIGNATURES = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
)  # fmt: skip
"""Of a token: those by a key of the provider's own. Never `none`, nor by the secret we share."""

NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")

Claims = Mapping[str, Any]
"""What the provider says of somebody, by the names of OpenID Connect."""


class ProviderOutOfReach(Exception):
    """The provider does not answer, or answers what no provider does."""


class NotProved(Exception):
    """What came back does not prove who somebody is."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What the provider says of itself, as it said it at `asked_at`, on the monotonic clock."""

    description: Mapping[str, Any]
    keys: KeySet
    asked_at: float

    @property
    def issuer(self) -> str:
        """Its name for itself, letter by letter as it stands in its tokens."""
        return str(self.description["issuer"])


_known = PerApp(dict[str, Provider])


def is_configured() -> bool:
    """Whether people can sign in with the school's account at all."""
    return bool(current_app.config["OIDC_ISSUER"])


def sign_in_address(redirect_to: str, state: str, nonce: str, verifier: str, again: bool) -> str:
    """Where a browser signs in at the provider, which sends it to `redirect_to` afterwards.

    `verifier` is PKCE's; only its digest is sent. `again` asks for the password there even of
    somebody who is signed in. Raises ProviderOutOfReach.
    """
    with _Conversation(redirect_to) as conversation:
        provider = _provider(conversation)
        address, _state = conversation.create_authorization_url(
            provider.description["authorization_endpoint"],
            state=state,
            code_verifier=verifier,
            nonce=nonce,
            prompt="login" if again else None,
        )
    return str(address)


def claims_of(
    answer: Mapping[str, str], redirect_to: str, nonce: str, verifier: str, wanted: frozenset[str]
) -> tuple[str, Claims]:
    """The provider's issuer, and what it says of the person who comes back from it.

    `answer` is the query of the address that they come back with. `wanted` are the claims that are
    asked for where the token does not have them. Raises ProviderOutOfReach and NotProved.
    """
    with _Conversation(redirect_to) as conversation:
        provider = _provider(conversation)
        _check_issuer(provider, answer.get("iss"))
        token = conversation.exchange(provider, answer.get("code", ""), verifier)
        claims = _read(conversation, provider, token, nonce)
        missing = wanted - claims.keys()
        if missing and "userinfo_endpoint" in provider.description:
            claims = _completed(conversation, provider, claims)
    return provider.issuer, claims


def sign_out_address(back: str) -> str | None:
    """Where a browser signs out at the provider, and comes `back`; None where it does not say."""
    try:
        with _Conversation(back) as conversation:
            address = _provider(conversation).description.get("end_session_endpoint")
    except ProviderOutOfReach:
        return None
    if address is None:
        return None
    client = current_app.config["OIDC_CLIENT_ID"]
    asked = {"client_id": client, "post_logout_redirect_uri": back}
    return str(add_params_to_uri(address, asked))


class _Conversation(OAuth2Session):
    """All that one request says to the provider, within PATIENCE_SECONDS."""

    def __init__(self, redirect_to: str) -> None:
        super().__init__(
            client_id=current_app.config["OIDC_CLIENT_ID"],
            client_secret=current_app.config["OIDC_CLIENT_SECRET"],
            redirect_uri=redirect_to,
            scope=SCOPES,
            code_challenge_method="S256",
        )
        self._ends_at = time.monotonic() + PATIENCE_SECONDS

    def request(self, method: str, url: str, *args: Any, **more: Any) -> Any:
        """As requests has it, in the time that is left, and never to where an answer sends it."""
        left = max(self._ends_at - time.monotonic(), 0.01)
        more |= {"timeout": Timeout(total=left), "allow_redirects": False}
        return super().request(method, url, *args, **more)

    def json(self, address: str) -> dict[str, Any]:
        """The JSON object at an address. Raises ProviderOutOfReach."""
        try:
            answer = self.get(address, withhold_token=True)
            answer.raise_for_status()
            body = answer.json()
        except (RequestException, ValueError) as error:
            raise ProviderOutOfReach(type(error).__name__) from error
        if not isinstance(body, dict):
            raise ProviderOutOfReach("no JSON object")
        return body

    def exchange(self, provider: Provider, code: str, verifier: str) -> dict[str, Any]:
        """What the provider gives for a code, once. Raises ProviderOutOfReach and NotProved."""
        known = provider.description.get("token_endpoint_auth_methods_supported")
        if known and "client_secret_basic" not in known and "client_secret_post" in known:
            self.token_endpoint_auth_method = "client_secret_post"  # noqa: S105 - a method's name
        try:
            token: dict[str, Any] = self.fetch_token(
                provider.description["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
            )
        except AuthlibBaseError as error:
            raise NotProved(type(error).__name__) from error
        except (RequestException, ValueError) as error:
            raise ProviderOutOfReach(type(error).__name__) from error
        return token


def _provider(conversation: _Conversation, anew: bool = False) -> Provider:
    issuer = current_app.config["OIDC_ISSUER"]
    known = _known.get()
    provider = known.get(issuer)
    now = time.monotonic()
    if provider is None or anew or now - provider.asked_at > DESCRIBED_FOR_SECONDS:
        provider = known[issuer] = _asked(conversation, issuer, now)
    return provider


def _asked(conversation: _Conversation, issuer: str, now: float) -> Provider:
    description = conversation.json(issuer.rstrip("/") + DISCOVERY)
    if any(not isinstance(description.get(name), str) for name in NEEDED):
        raise ProviderOutOfReach("no description of a provider")
    # Another name would let one provider speak for another.
    if description["issuer"].rstrip("/") != issuer.rstrip("/"):
        raise ProviderOutOfReach("another issuer")
    if issuer.startswith("https:") and any(
        not description[name].startswith("https:") for name in NEEDED
    ):
        raise ProviderOutOfReach("an address without HTTPS")
    try:
        keys = KeySet.import_key_set(conversation.json(description["jwks_uri"]))  # type: ignore[arg-type]
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise ProviderOutOfReach(type(error).__name__) from error
    return Provider(description, keys, now)


def _check_issuer(provider: Provider, said: str | None) -> None:
    """Refuse an answer that another provider has sent people back with (RFC 9207)."""
    says_so = provider.description.get("authorization_response_iss_parameter_supported") is True
    if said != provider.issuer and (says_so or said is not None):
        raise NotProved("another issuer")


def _read(
    conversation: _Conversation, provider: Provider, token: Mapping[str, Any], nonce: str
) -> Claims:
    """The claims of the token about the person, all of it checked. Raises NotProved."""
    text = token.get("id_token")
    if not isinstance(text, str):
        raise NotProved("no token about the person")
    try:
        try:
            decoded = _decoded(text, provider.keys)
        except (InvalidKeyIdError, BadSignatureError):
            # It may have changed its keys since it was asked.
            decoded = _decoded(text, _provider(conversation, anew=True).keys)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": current_app.config["OIDC_CLIENT_ID"]},
            },
            params={
                "nonce": nonce,
                "client_id": current_app.config["OIDC_CLIENT_ID"],
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotProved(type(error).__name__) from error
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotProved("no subject")
    return dict(claims)


def _decoded(text: str, keys: KeySet) -> jwt.Token:
    registry = JWSRegistry(algorithms=list(SIGNATURES), strict_check_header=False)
    return jwt.decode(text, key=keys, registry=registry)


def _completed(conversation: _Conversation, provider: Provider, claims: Claims) -> Claims:
    """The claims with those that the provider only tells when it is asked."""
    try:
        answer = conversation.get(provider.description["userinfo_endpoint"])
        answer.raise_for_status()
        more = answer.json()
    except (AuthlibBaseError, RequestException, ValueError) as error:
        raise ProviderOutOfReach(type(error).__name__) from error
    # Else it could be somebody else's (OpenID Connect Core, 5.3.2).
    if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
        raise NotProved("another person")
    return {**more, **claims}
