"""How a call of the JSON interface is read, answered and described, declared on its view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Response, jsonify, make_response, request
from pydantic import BaseModel

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.parsing import Input, Invalid, parse
from jobfair.web.errors import invalid, problem
from jobfair.web.refusals import refuse
from jobfair.web.requests import json_body

DESCRIBED = "jobfair_call"
TAKEN = "jobfair_body"
ASKED = "jobfair_query"

Answer = BaseModel | Sequence[BaseModel] | None
Given = TypeVar("Given", bound=Input)
Args = ParamSpec("Args")
Returned = TypeVar("Returned")


@dataclass(frozen=True, slots=True)
class Call:
    """What the OpenAPI document says of a call.

    `answer` is a shape, a list of one, `EventStream` or None; `anyone` may call without an account.
    `also` are refusals that do not follow from its address, method and body.
    """

    summary: str
    answer: Any
    status: int
    anyone: bool
    also: tuple[RequestCode, ...]


class EventStream:
    """Stands for an answer that is a stream of live events."""


def answers(
    summary: str,
    answer: Any = None,
    status: int = 200,
    anyone: bool = False,
    also: tuple[RequestCode, ...] = (),
) -> Callable[
    [Callable[Args, Answer | Refusal | Response]],
    Callable[Args, Response],
]:
    """Make a view's value the JSON answer; a refusal with its status, nothing at all 204.

    Takes what the OpenAPI document says of the call.
    """
    said = Call(summary, answer, 204 if answer is None else status, anyone, also)

    def decorate(view: Callable[Args, Answer | Refusal | Response]) -> Callable[Args, Response]:
        @wraps(view)
        def answered(*args: Args.args, **kwargs: Args.kwargs) -> Response:
            response = _response(view(*args, **kwargs), said.status)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        vars(answered)[DESCRIBED] = said
        return answered

    return decorate


def takes(
    shape: type[Given],
) -> Callable[[Callable[Concatenate[Given, Args], Returned]], Callable[Args, Returned | Response]]:
    """Give a view the request's JSON object as a shape, before its other arguments."""
    return _reads(shape, json_body, TAKEN)


def asks(
    shape: type[Given],
) -> Callable[[Callable[Concatenate[Given, Args], Returned]], Callable[Args, Returned | Response]]:
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


def _refused(refusal: Refusal) -> Response:
    """A refusal as JSON, under the field that it is about where that was sent."""
    refused = refuse(refusal)
    if refused.field is not None and refused.field in json_body():
        return invalid(refused.errors)
    return problem(refused)


def _response(value: Answer | Refusal | Response, status: int) -> Response:
    match value:
        case Response():
            return value
        case Refusal():
            return _refused(value)
        case None:
            return make_response("", 204)
        case BaseModel():
            response = jsonify(value.model_dump(mode="json"))
        case _:
            response = jsonify([each.model_dump(mode="json") for each in value])
    response.status_code = status
    return response
