"""Says who asks for a hash, because the queue of hashes is fair by address and account."""

from __future__ import annotations

from flask import Flask, request
from flask_login import current_user

from jobfair.fields.input.emails import folded
from jobfair.security.hashing import hash_turns
from jobfair.security.hashing.fair_queue import Sender
from jobfair.web.security.browsers.known_devices import device_of
from jobfair.web.security.limits.rate_limits import given_email
from jobfair.web.security.proxies import visitor


def init_app(app: Flask) -> None:
    """Let hashes that a request asks for wait for its sender's turn."""
    app.before_request(_name_sender)


def _name_sender() -> None:
    hash_turns.sender.set(_sender)


def _sender() -> Sender:
    """Somebody signed in, a known device, somebody with a link, or a stranger."""
    if current_user.is_authenticated:
        return Sender(visitor(), f"user {current_user.id}", known=True)
    token = (request.view_args or {}).get("token")
    if token is not None:
        return Sender(visitor(), f"link {token}")
    email = folded(given_email())
    return Sender(visitor(), email, known=device_of(email) is not None)
