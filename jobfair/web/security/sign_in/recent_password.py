"""Asks for the password again before a serious action, unless it was given in the last ten minutes.

Somebody who finds a screen unlocked can look at the fair, but neither export nor delete it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request
from flask_login import current_user

from jobfair import clock
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import PasswordNeeded, RequestCode
from jobfair.services.access import sign_ins
from jobfair.web.security.sign_in import keys, own_password
from jobfair.web.security.sign_in.authentication import uses_key

KEPT_FOR = timedelta(minutes=10)

FIELD = "again_password"
"""The form field with that password. By its name nothing of such a request is stored; see
`idempotency`."""

ASKS = "jobfair_asks_password"
"""The attribute of a view that asks for it."""

Args = ParamSpec("Args")
Answer = TypeVar("Answer")


def recently_confirmed(view: Callable[Args, Answer]) -> Callable[Args, Answer]:
    """Let a view be used only by those who gave their password in the last ten minutes.

    Signing in counts. A form may contain the password in `FIELD`. Others get `PasswordNeeded`:
    people are asked for it, and programs give it to the call that confirms. Put this below the
    decorator that says who may use the view.
    """

    @wraps(view)
    def guarded(*args: Args.args, **kwargs: Args.kwargs) -> Answer:
        # Such a view is closed to keys, unless it names the scope that is enough.
        if not uses_key():
            require_confirmed()
        return view(*args, **kwargs)

    vars(guarded)[ASKS] = True
    return guarded


def require_confirmed() -> None:
    """The same, called within a view that needs it only for some of its actions; closed to keys."""
    keys.refuse()
    if not is_confirmed():
        _confirm_by_form()


def is_confirmed() -> bool:
    """Whether the user has given their password lately. The clock may have been set back."""
    at = sign_ins.confirmed_at(current_user.sign_in_id)
    return at is not None and abs(clock.now() - at) <= KEPT_FOR


def confirm(password: str) -> Refusal | None:
    """Note that the signed-in user has given their password.

    Returns `wrong_password` or `too_many_passwords`. Wrong ones count with wrong sign-ins.
    """
    refusal = own_password.confirmed(password)
    if refusal is None:
        sign_ins.confirm(current_user.sign_in_id)
    return refusal


def _confirm_by_form() -> None:
    given = request.form.get(FIELD)
    refusal = Refusal(RequestCode.PASSWORD_NEEDED) if given is None else confirm(given)
    if refusal is not None:
        raise PasswordNeeded(RequestCode(refusal.code))
