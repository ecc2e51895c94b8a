"""Answers go over the wire compressed where that saves anything. Streams never do.

A page holds both a secret (the CSRF token) and words from its address, which is what BREACH
needs; but no other site can make a browser fetch it with its cookies (SameSite), let alone a
thousand times unseen, and a form sent from another site is refused whatever token it carries.
"""

from __future__ import annotations

import zlib

from flask import Flask, Request, Response, request

SMALLEST = 600
"""Bytes below which an answer fits one packet anyway."""

QUICK, BEST = 5, 9
GZIP = 31
"""zlib's number for gzip's own header and check sum."""

KINDS = ("text/", "application/json", "image/svg+xml")


def init_app(app: Flask) -> None:
    """Compress every whole answer whose client can read it so."""
    app.after_request(_compress)


def takes_gzip(asking: Request) -> bool:
    """Whether the client can read a compressed answer."""
    return asking.accept_encodings.quality("gzip") > 0


def gzipped(content: bytes, best: bool = False) -> bytes:
    """The content, compressed; `best` for what is done once and kept."""
    return zlib.compress(content, BEST if best else QUICK, wbits=GZIP)


def _compress(response: Response) -> Response:
    if response.is_streamed or response.content_encoding or response.status_code == 304:
        return response
    if not (response.mimetype or "").startswith(KINDS):
        return response
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    if len(content) >= SMALLEST and takes_gzip(request):
        response.set_data(gzipped(content))
        response.content_encoding = "gzip"
    return response
