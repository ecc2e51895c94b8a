"""What a program may do with its key: each call names the scope that it needs, or is closed."""

from __future__ import annotations

from flask_login import current_user

from jobfair.exceptions import Problem, RequestCode
from jobfair.models import Scope
from jobfair.services.access import keys
from jobfair.web.security.limits.rate_limits import key_is_used
from jobfair.web.security.sign_in.authentication import uses_key


def admit(scope: Scope | None) -> None:
    """Let a program with a key go on only if its key has the scope; None is closed to keys.

    A request without a key goes on. Raises Problem: `key_closed`, `key_scope`, and
    `too_many` for a program that asks too often.
    """
    if not uses_key():
        return
    key_is_used()
    keys.note_use(current_user.key_id)
    if scope is None:
        raise Problem(RequestCode.KEY_CLOSED)
    if scope not in current_user.scopes:
        raise Problem(RequestCode.KEY_SCOPE, scope=scope.value)


def refuse() -> None:
    """Go on only for people; for calls of which only a part is closed to keys."""
    if uses_key():
        raise Problem(RequestCode.KEY_CLOSED)
