"""Changes and checks the signed-in user's own password. Wrong ones count with wrong sign-ins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, TypeVar

from flask import Response, request
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded
from flask_login import current_user

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.access.accounts import PasswordChange
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.models import Outcome
from jobfair.services.access import accounts
from jobfair.web.pages.responses import redirect_with_message
from jobfair.web.refusals import refuse
from jobfair.web.security import traces
from jobfair.web.security.limits.rate_limits import (
    own_password_may_be_tried,
    own_password_was_wrong,
)
from jobfair.web.security.sign_in.authentication import current_actor

Done = TypeVar("Done")

# One attempt at a time for each user, by id; see stand_pins.
_attempt_locks: defaultdict[int, Lock] = defaultdict(Lock)


def change(given: Mapping[str, Any]) -> Invalid | Refusal | None:
    """Give the user the new password that a form or JSON object asks for.

    Returns the errors by field, or a refusal.
    """
    user = current_user
    known = [each for each in (user.email, user.first_name, user.last_name) if each is not None]
    wanted = parse(PasswordChange, given, about=known)
    if isinstance(wanted, Invalid):
        return wanted
    refusal = checked(
        lambda: accounts.change_password(
            current_actor(),
            user.id,
            wanted.current_password,
            wanted.new_password,
            user.sign_in_id,
        )
    )
    if refusal is None:
        traces.password_changed(Outcome.CHANGED, user.id, user.email)
    return refusal


def change_by_form(page: Callable[[dict[str, str]], str], then: str) -> Response | tuple[str, int]:
    """The answer to the form that asks for it: a redirect to `then`, or the form's page again.

    `page` makes that page, from sentences by field.
    """
    outcome = change(request.form)
    if isinstance(outcome, Invalid):
        return page(outcome.errors), 400
    if isinstance(outcome, Refusal):
        refused = refuse(outcome)
        return page(refused.errors), refused.status
    return redirect_with_message(_("Password changed; every other device is signed out"), then)


def confirmed(password: str) -> Refusal | None:
    """Why this is not the user's password, or cannot be tried now; None if it is theirs."""
    user = current_user
    return checked(lambda: accounts.confirm_password(user.id, password, user.sign_in_id))


def checked(attempt: Callable[[], Done | Refusal]) -> Done | Refusal:
    """Run `attempt`, which checks the user's password and returns `wrong_password` if it is wrong.

    After too many wrong ones, returns `too_many_passwords` without running it.
    """
    with _attempt_locks[current_user.id]:
        try:
            own_password_may_be_tried()
            outcome = attempt()
            if isinstance(outcome, Refusal) and outcome.code is RequestCode.WRONG_PASSWORD:
                own_password_was_wrong()
                traces.own(Outcome.WRONG_OWN)
            return outcome
        except RateLimitExceeded:
            traces.own(Outcome.TOO_MANY)
            return Refusal(RequestCode.TOO_MANY_PASSWORDS)
