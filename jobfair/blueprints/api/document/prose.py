"""What a call says of itself in sentences: to whom it is open, and with what it may be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from werkzeug.routing import Rule

from jobfair.blueprints.api.calls import DESCRIBED, Call
from jobfair.exceptions import RequestCode
from jobfair.models import Role
from jobfair.services.access.rights import Right
from jobfair.web.security.sign_in.authentication import NEEDED, OPEN_TO
from jobfair.web.security.sign_in.recent_password import ASKS

_RIGHTS = {
    Right.LOOK: "Open to the whole team.",
    Right.HELP: "Open to the desk and to organisers.",
    Right.MANAGE: "Open to organisers.",
}

_IN_PATH = {
    "alert": "The alert, as the list of alerts names it.",
    "number": "The number of the message, as the list of messages gives it.",
    "token": "The secret of a company's link.",
    "screen": "The secret of the link of the hall's screen.",
    "code": "What the badge says, with or without its blank.",
    "key": "The number of the key, as the list of keys gives it.",
}


def description(rule: Rule, view: Callable[..., Any]) -> str:
    """What is said below the summary of a call."""
    return " ".join(_sentences(rule, view))


def of_path(name: str) -> str:
    """What stands in a place of a path."""
    of = name.removesuffix("_id").replace("_", " ")
    return _IN_PATH.get(name, f"The id of the {of}, as lists give it.")


def _sentences(rule: Rule, view: Callable[..., Any]) -> Iterator[str]:
    declared = vars(view)
    call: Call = declared[DESCRIBED]
    yield _who(rule, call, declared)
    if ASKS in declared:
        yield (
            "Asks for the password again when it was given more than ten minutes ago "
            f"(`{RequestCode.PASSWORD_NEEDED}`): give it to `POST /api/auth/confirm/`."
        )
    if call.also:
        yield f"Its own refusals: {', '.join(f'`{code}`' for code in call.also)}."


def _who(rule: Rule, call: Call, declared: dict[str, Any]) -> str:
    if "token" in rule.arguments:
        return "Open to everybody with the company's link."
    if "screen" in rule.arguments:
        return "Open to everybody with the link of the hall's screen."
    if call.anyone:
        return "Open to anybody."
    if NEEDED in declared:
        return _RIGHTS[declared[NEEDED]]
    if declared.get(OPEN_TO) == (Role.STUDENT,):
        return "Open to students, about themselves."
    return "Open to everybody who is signed in."
