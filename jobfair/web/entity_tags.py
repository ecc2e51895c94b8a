"""Tags of the answers that programs read (RFC 9110): with its tag, an unchanged answer is not sent
again."""

from __future__ import annotations

from hashlib import sha256

from flask import Response, request

from jobfair.web.rendering.compression import best_encoding
from jobfair.web.security.browsers.csrf import SAFE_METHODS

MIMETYPE = "application/json"


def unless_unchanged(response: Response) -> Response:
    """The answer with its tag; 304 without a body if the request names that tag.

    Streams, files, refusals and answers to changes have no tag.
    """
    is_read = request.method in SAFE_METHODS and response.status_code == 200
    if not is_read or response.is_streamed or response.mimetype != MIMETYPE:
        return response
    # A strong tag would stand for exactly these bytes, and compression changes them.
    encoding = best_encoding(request) or "plain"
    response.set_etag(f"{sha256(response.get_data()).hexdigest()}-{encoding}")
    response.make_conditional(request)
    return response
