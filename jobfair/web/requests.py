"""Reading the body of a request."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from jobfair.exceptions import Problem, RequestCode


def json_body() -> dict[str, Any]:
    """The JSON object in the request. Raises Problem if there is none."""
    try:
        body = request.get_json()
    except UnsupportedMediaType as error:
        raise Problem(RequestCode.UNSUPPORTED_MEDIA_TYPE) from error
    except (BadRequest, RecursionError) as error:
        raise Problem(RequestCode.BAD_REQUEST, body="unreadable") from error
    if not isinstance(body, dict):
        raise Problem(RequestCode.BAD_REQUEST, body="no object")
    return body
