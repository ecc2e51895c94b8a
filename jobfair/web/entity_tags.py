"""Tags of what programs read (RFC 9110): who sends one again reads on only where it has changed."""

from __future__ import annotations

from hashlib import sha256

from flask import Response, request

from jobfair.web.rendering.compression import best_encoding
from jobfair.web.security.browsers.csrf import SAFE_METHODS

MIMETYPE = "application/json"


def unless_unchanged(response: Response) -> Response:
    """The answer with its tag; 304 without a body where the request names that tag.

    Streams, files and refusals have none, nor has what changes something.
    """
    is_read = request.method in SAFE_METHODS and response.status_code == 200
    if not is_read or response.is_streamed or response.mimetype != MIMETYPE:
        return response
    # A strong tag stands for these very bytes, and compression makes others of them.
    encoding = best_encoding(request) or "plain"
    response.set_etag(f"{sha256(response.get_data()).hexdigest()}-{encoding}")
    response.make_conditional(request)
    return response
