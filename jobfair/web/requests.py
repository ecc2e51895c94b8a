"""What a request holds."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from jobfair.exceptions import Problem


def json_body() -> dict[str, Any]:
    """The request's JSON object. Raises Problem (400 or 415) when there is none."""
    try:
        body = request.get_json()
    except UnsupportedMediaType as error:
        raise Problem("unsupported_media_type", _("Send this as JSON."), 415) from error
    except (BadRequest, RecursionError) as error:
        raise Problem("bad_request", _("This is not readable JSON.")) from error
    if not isinstance(body, dict):
        raise Problem("bad_request", _("Send a JSON object."))
    return body
