"""Compresses answers where that saves anything; never streams.

Our own code, because flask-compress leaves refusals (4xx) uncompressed, which carry whole forms,
and sends brotli to a client that says `br;q=0`. For pages both produce the same bytes in the same
time.

A page holds a secret (the CSRF token) next to text from its URL, which the BREACH attack needs.
But SameSite keeps other sites from fetching it with the user's cookies, let alone thousands of
times; and a form from another site is refused whatever token it carries.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

import brotli
from flask import Flask, Request, Response, request

MIN_BYTES = 600
"""A smaller answer fits into one packet anyway."""

COMPRESSIBLE = ("text/", "application/json", "image/svg+xml")

GZIP = 31
"""zlib's `wbits` for the gzip format."""

Compressors = Mapping[str, Callable[[bytes], bytes]]

FAST: Compressors = {
    "br": lambda content: brotli.compress(content, quality=4),
    "gzip": lambda content: zlib.compress(content, 5, wbits=GZIP),
}
"""For answers that are made for each request: by encoding name, the best one first."""

BEST: Compressors = {
    "br": lambda content: brotli.compress(content, quality=11),
    "gzip": lambda content: zlib.compress(content, 9, wbits=GZIP),
}
"""For files that are compressed once; the largest takes a tenth of a second."""


def init_app(app: Flask) -> None:
    """Compress every answer that is not a stream, if the client accepts it."""
    app.after_request(_compress)


def best_encoding(client_request: Request) -> str | None:
    """The best encoding that the client accepts; None if it accepts neither."""
    for encoding in FAST:
        if client_request.accept_encodings.quality(encoding) > 0:
            return encoding
    return None


def _compress(response: Response) -> Response:
    if response.is_streamed or response.content_encoding or response.status_code == 304:
        return response
    if not (response.mimetype or "").startswith(COMPRESSIBLE):
        return response
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    if len(content) >= MIN_BYTES and (encoding := best_encoding(request)):
        response.set_data(FAST[encoding](content))
        response.content_encoding = encoding
    return response
