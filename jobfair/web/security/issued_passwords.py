"""Signed in with an issued password, one chooses one's own before anything else."""

from __future__ import annotations

from flask import Flask, request
from flask_login import current_user

from jobfair.exceptions import PasswordToChange, RequestCode

MEANWHILE = frozenset(
    {
        "new_password.form",
        "new_password.change",
        "auth.sign_out",
        "auth.language",
        "auth.check_cookies",
        "api_auth.change_password",
        "api_auth.refresh",
        "api_auth.sign_out",
        "static",
        "icon",
        "web_app.manifest",
        "web_app.service_worker",
        "web_app.offline",
        "health.health",
        "api_openapi.openapi",
    }
)
"""The endpoints that answer nevertheless, beside those whose address holds a link's secret: there
the link is the proof, and the account's password opens nothing."""


def init_app(app: Flask) -> None:
    """Let somebody with an issued password do nothing else than change it."""
    app.before_request(_check)


def _check() -> None:
    if request.endpoint is None or request.endpoint in MEANWHILE:
        return
    if "token" in (request.view_args or {}):
        return
    if current_user.is_authenticated and current_user.password_to_change:
        raise PasswordToChange(RequestCode.PASSWORD_TO_CHANGE)
