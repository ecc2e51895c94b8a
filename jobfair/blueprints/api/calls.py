"""How a call of the JSON interface is read, answered and described, declared on its view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Response, make_response, request
from flask_login import current_user
from pydantic import BaseModel

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.input.parsing import Input, Invalid, Query, parse
from jobfair.models import Scope
from jobfair.services.access.rights import TEAM
from jobfair.web.entity_tags import unless_unchanged
from jobfair.web.errors import invalid, problem
from jobfair.web.refusals import refuse
from jobfair.web.requests import json_body
from jobfair.web.security.browsers.csrf import SAFE_METHODS
from jobfair.web.security.sign_in import keys
from jobfair.web.security.sign_in.authentication import NEEDED
from jobfair.web.security.sign_in.recent_password import ASKS
from jobfair.wording.refusals import Voice

DESCRIBED = "jobfair_call"
TAKEN = "jobfair_body"
ASKED = "jobfair_query"

Answer = BaseModel | Sequence[BaseModel] | None
Given = TypeVar("Given", bound=Input)
Asked = TypeVar("Asked", bound=Query)
Args = ParamSpec("Args")
Returned = TypeVar("Returned")


class ForKeys(Enum):
    """Whether a key opens a call, where it names no scope."""

    BY_RIGHT = auto()
    """The team's calls: `read` for GET, `write` for the others, none where the password is asked
    for. Nobody else's."""

    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """What the OpenAPI document says of a call.

    `answer` is a shape, a list of one, `EventStream` or None; `anyone` may call without an account.
    `also` are refusals that do not follow from its address, method and body. `scope` is what a
    key needs for it; see `scope_of`.
    """

    summary: str
    answer: Any
    status: int
    anyone: bool
    also: tuple[RequestCode, ...]
    scope: Scope | ForKeys


class EventStream:
    """Stands for an answer that is a stream of live events."""


def answers(
    summary: str,
    answer: Any = None,
    status: int = 200,
    anyone: bool = False,
    also: tuple[RequestCode, ...] = (),
    scope: Scope | ForKeys = ForKeys.BY_RIGHT,
) -> Callable[
    [Callable[Args, Answer | Refusal | Response]],
    Callable[Args, Response],
]:
    """Make a view's value the JSON answer; a refusal with its status, nothing at all 204.

    Takes what the OpenAPI document says of the call.
    """
    said = Call(summary, answer, 204 if answer is None else status, anyone, also, scope)

    def decorate(view: Callable[Args, Answer | Refusal | Response]) -> Callable[Args, Response]:
        @wraps(view)
        def answered(*args: Args.args, **kwargs: Args.kwargs) -> Response:
            if not anyone:
                keys.admit(scope_of(answered, request.method))
            unasked = _unasked(vars(answered))
            response = unasked or _response(view(*args, **kwargs), said.status)
            response.headers["Cache-Control"] = "no-store"
            return unless_unchanged(response)

        vars(answered)[DESCRIBED] = said
        return answered

    return decorate


def scope_of(view: Callable[..., Any], method: str) -> Scope | None:
    """The scope that a key needs for a call; None where no key opens it."""
    declared: Call = vars(view)[DESCRIBED]
    if isinstance(declared.scope, Scope):
        return declared.scope
    if declared.scope is ForKeys.CLOSED or NEEDED not in vars(view) or ASKS in vars(view):
        return None
    return Scope.READ if method in SAFE_METHODS else Scope.WRITE


def takes(
    shape: type[Given],
) -> Callable[[Callable[Concatenate[Given, Args], Returned]], Callable[Args, Returned | Response]]:
    """Give a view the request's JSON object as a shape, before its other arguments."""
    return _reads(shape, json_body, TAKEN)


def asks(
    shape: type[Asked],
) -> Callable[[Callable[Concatenate[Asked, Args], Returned]], Callable[Args, Returned | Response]]:
    """Give a view the query of the request's address as a shape, before its other arguments."""
    return _reads(shape, lambda: request.args, ASKED)


def _reads(
    shape: type[Given], values: Callable[[], Mapping[str, Any]], declared: str
) -> Callable[[Callable[Concatenate[Given, Args], Returned]], Callable[Args, Returned | Response]]:
    def decorate(
        view: Callable[Concatenate[Given, Args], Returned],
    ) -> Callable[Args, Returned | Response]:
        @wraps(view)
        def read(*args: Args.args, **kwargs: Args.kwargs) -> Returned | Response:
            given = parse(shape, values())
            if isinstance(given, Invalid):
                return invalid(given.errors)
            return view(given, *args, **kwargs)

        vars(read)[declared] = shape
        return read

    return decorate


def changes(given: Input) -> dict[str, Any]:
    """What was given, without the fields that were left out."""
    return given.model_dump(exclude_unset=True)


def _unasked(declared: Mapping[str, Any]) -> Response | None:
    """The refusal of fields in a body or an address that a call does not read."""
    for given in (
        None if ASKED in declared else parse(Query, request.args),
        None if TAKEN in declared or not _has_body() else parse(Input, json_body()),
    ):
        if isinstance(given, Invalid):
            return invalid(given.errors)
    return None


def _has_body() -> bool:
    return request.method not in SAFE_METHODS and request.is_json and bool(request.get_data())


def _refused(refusal: Refusal) -> Response:
    """A refusal as JSON, under the field that it is about where that was sent."""
    refused = refuse(refusal, _voice())
    if refused.field is not None and request.is_json and refused.field in json_body():
        return invalid(refused.errors)
    return problem(refused)


def _voice() -> Voice:
    """A stand and the team act for somebody else; all others read about themselves."""
    acts_for_another = "token" in (request.view_args or {}) or (
        current_user.is_authenticated and current_user.role in TEAM
    )
    return Voice.ABOUT_ANOTHER if acts_for_another else Voice.SELF


def _response(value: Answer | Refusal | Response, status: int) -> Response:
    match value:
        case Response():
            return value
        case Refusal():
            return _refused(value)
        case None:
            return make_response("", 204)
        case _:
            return in_json(value, status)


def in_json(value: BaseModel | Sequence[BaseModel], status: int = 200) -> Response:
    """The answer that shows a shape, or a list of one."""
    if isinstance(value, BaseModel):
        text = value.model_dump_json()
    else:
        text = "[" + ",".join(each.model_dump_json() for each in value) + "]"
    return Response(text, status, mimetype="application/json")
