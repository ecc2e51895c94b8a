"""The headers of what a call answers when it is carried out, for the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from jobfair.blueprints.api.calls import ASKED, DESCRIBED, Call, EventStream
from jobfair.blueprints.api.files import File
from jobfair.blueprints.api.lists import TOTAL, Piece
from jobfair.web.security.browsers.csrf import SAFE_METHODS
from jobfair.web.security.limits.rate_limit_headers import POLICY, STATE

Schema = dict[str, Any]

_OF_LISTS: Schema = {
    TOTAL: {
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
        "description": "How many rows the whole list has, as it is filtered.",
    },
    "Link": {
        "required": False,
        "schema": {"type": "string"},
        "description": 'The next piece, under rel="next" (RFC 8288); not there at the end.',
    },
}

_TAG: Schema = {
    "ETag": {
        "required": True,
        "schema": {"type": "string"},
        "description": "Stands for exactly this answer. Sent as If-None-Match with the same "
        "request, it gets 304 without a body while nothing has changed. No cache keeps the "
        "answer (no-store): the program keeps both.",
    }
}

LIMITS: Schema = {
    POLICY: {
        "required": False,
        "schema": {"type": "string"},
        "description": 'What counted the request: `"key per minute";q=600;w=60` is 600 in 60 '
        "seconds (draft-ietf-httpapi-ratelimit-headers). With every answer to what is counted.",
    },
    STATE: {
        "required": False,
        "schema": {"type": "string"},
        "description": 'What is left of it: `"key per minute";r=0;t=42` is none for 42 seconds.',
    },
}
"""Of a refusal for being too often."""


def headers_of(view: Callable[..., Any], method: str) -> Schema:
    """What is said of the headers beside the answer itself; nothing where there are none."""
    of_lists = _OF_LISTS if issubclass(vars(view).get(ASKED, object), Piece) else {}
    headers = of_lists | (_TAG if _has_tag(view, method) else {})
    return {"headers": headers} if headers else {}


def unchanged(view: Callable[..., Any], method: str) -> Schema:
    """The answer to who knows the answer already."""
    if not _has_tag(view, method):
        return {}
    return {
        str(HTTPStatus.NOT_MODIFIED.value): {
            "description": "As it was: If-None-Match named its tag",
            "headers": headers_of(view, method)["headers"],
        }
    }


def _has_tag(view: Callable[..., Any], method: str) -> bool:
    call: Call = vars(view)[DESCRIBED]
    is_json = call.answer is not EventStream and not isinstance(call.answer, File)
    return method in SAFE_METHODS and is_json and call.status == HTTPStatus.OK
