"""Answers go over the wire compressed where that saves anything. Streams never do.

Ours, as flask-compress leaves refusals (4xx) uncompressed, which carry whole forms, and sends
brotli to a client that says `br;q=0`. For a page it makes the same bytes in the same time.

A page holds both a secret (the CSRF token) and words from its address, which is what BREACH
needs; but no other site can make a browser fetch it with its cookies (SameSite), let alone a
thousand times unseen, and a form sent from another site is refused whatever token it carries.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

import brotli
from flask import Flask, Request, Response, request

MIN_BYTES = 600
"""Bytes below which an answer fits one packet anyway."""

COMPRESSIBLE = ("text/", "application/json", "image/svg+xml")

GZIP = 31
"""zlib's number for gzip's own header and check sum."""

Compressors = Mapping[str, Callable[[bytes], bytes]]

FAST: Compressors = {
    "br": lambda content: brotli.compress(content, quality=4),
    "gzip": lambda content: zlib.compress(content, 5, wbits=GZIP),
}
"""For what is made anew each time: the smallest first, by the name that clients know it by."""

BEST: Compressors = {
    "br": lambda content: brotli.compress(content, quality=11),
    "gzip": lambda content: zlib.compress(content, 9, wbits=GZIP),
}
"""For what is compressed once and kept; a tenth of a second for what takes longest."""


def init_app(app: Flask) -> None:
    """Compress every whole answer whose client can read it so."""
    app.after_request(_compress)


def best_encoding(client_request: Request) -> str | None:
    """The smallest encoding that the client can read; None for neither."""
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
