"""What somebody signed in has to do before anything else, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, request
from flask_login import current_user

from jobfair.exceptions import RequestCode, StepPending
from jobfair.web.security.sign_in.authentication import SignedIn

MEANWHILE = frozenset(
    {
        "auth.sign_out",
        "auth.language",
        "auth.check_cookies",
        "api_auth.refresh",
        "api_auth.sign_out",
        "static",
        "icon",
        "web_app.manifest",
        "web_app.service_worker",
        "web_app.offline",
        "health.health",
        "api_openapi.for_people",
        "api_openapi.openapi",
    }
)
"""The endpoints that answer even while a step is pending. So do those whose address has a link's
secret: there the link is the proof, and the account opens nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step to do first, with the refusal that names it.

    `form` is the endpoint to which people are led, `ways` are the endpoints that do the step.
    """

    code: RequestCode
    is_pending: Callable[[SignedIn], bool]
    form: str
    ways: frozenset[str]


STEPS = (
    Step(
        RequestCode.PASSWORD_TO_CHANGE,
        lambda user: user.password_to_change,
        "new_password.form",
        frozenset({"new_password.form", "new_password.change", "api_auth.change_password"}),
    ),
    Step(
        RequestCode.SECOND_FACTOR_TO_SET_UP,
        lambda user: user.second_factor_to_set_up,
        "admin.second_factor.form",
        frozenset(
            {
                "admin.second_factor.form",
                "admin.second_factor.set_up",
                "api_second_factor.new_secret",
                "api_second_factor.set_up",
                "api_auth.confirm",
                "confirm_password.form",
                "confirm_password.give",
            }
        ),
    ),
)
"""In the order in which they are done: a password of one's own, then a second factor."""


def init_app(app: Flask) -> None:
    """Let somebody for whom a step is pending do nothing else."""
    app.before_request(_check)


def _check() -> None:
    if request.endpoint is None or request.endpoint in MEANWHILE:
        return
    if "token" in (request.view_args or {}) or not current_user.is_authenticated:
        return
    for step in STEPS:
        if step.is_pending(current_user):
            if request.endpoint not in step.ways:
                raise StepPending(step.code, step.form)
            return
