"""Static files: their address says what is in them, and they are compressed once.

A browser that has a file never asks for it again; a changed file has another address.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, abort, current_app, request
from werkzeug.utils import safe_join

from jobfair.compression import gzipped, takes_gzip

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file's content, as it is and compressed, and the version that its address names."""

    content: bytes
    compressed: bytes
    mimetype: str
    version: str


def init_app(app: Flask) -> None:
    """Serve the static folder, and give templates the addresses of what is in it."""
    app.static_folder = "static"
    app.add_url_rule("/static/<path:filename>", "static", _serve)
    # Browsers ask for it here where no page has told them of another.
    app.add_url_rule("/favicon.ico", "icon", lambda: _serve("favicon.ico"))
    app.jinja_env.globals["asset"] = address


def address(filename: str) -> str:
    """Where the content that a static file had when it was first linked is found."""
    return _address(filename, str(current_app.static_folder))


@cache
def _address(filename: str, folder: str) -> str:
    # A page links a dozen of them: asking the disk for each took a twentieth of its time.
    return f"/static/{filename}?v={_found(f'{folder}/{filename}').version}"


def _serve(filename: str) -> Response:
    path = safe_join(str(current_app.static_folder), filename)
    try:
        asset = _found(path or "")
    except OSError:
        abort(404)
    compressed = takes_gzip(request)
    response = Response(asset.compressed if compressed else asset.content, mimetype=asset.mimetype)
    response.vary.add("Accept-Encoding")
    if compressed:
        response.content_encoding = "gzip"
    asked = request.args.get("v")
    response.headers["Cache-Control"] = FOREVER if asked == asset.version else ASK_AGAIN
    response.set_etag(asset.version, weak=True)
    response.make_conditional(request)
    return response


def _found(path: str) -> Asset:
    """A file, read again when it has been edited meanwhile. Raises OSError."""
    return _read(path, Path(path).stat().st_mtime_ns)


@cache
def _read(path: str, _modified_at: int) -> Asset:
    content = Path(path).read_bytes()
    version = hashlib.sha256(content).hexdigest()[:12]
    mimetype = guess_type(path)[0] or "application/octet-stream"
    return Asset(content, gzipped(content, best=True), mimetype, version)
