"""Static files: their address says what is in them, and they are made small once.

A browser that has a file never asks for it again; a changed file has another address.

Ours, so that nothing has to be built before a start; WhiteNoise serves what a build has left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path

import rcssmin
import rjsmin
from flask import Flask, Response, abort, current_app, request
from werkzeug.security import safe_join

from jobfair.web.rendering.compression import BEST, best_encoding

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"

BUNDLES = {
    "common.css": ("tokens.css", "base.css", "components.css"),
    # In this order: the outbox hears of a request that failed before the forms do.
    "common.js": (
        "htmx-internals.js",
        "server-time.js",
        "toasts.js",
        "stream.js",
        "turn-alert.js",
        "outbox.js",
        "forms.js",
        "copy-button.js",
    ),
}
"""What every page has is one file on the wire: another one would cost half a kilobyte."""

MINIFIERS: Mapping[str, Callable[[str], str]] = {
    ".css": rcssmin.cssmin,
    ".js": rjsmin.jsmin,
}
"""What takes out comments and blanks, by the end of a file's name."""

UNCHANGED = "vendor/"
"""Where the files are that are served unchanged."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file's content, as it is and compressed, and the version that its address names."""

    content: bytes
    compressed: Mapping[str, bytes]
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
    return f"/static/{filename}?v={_asset(filename, folder).version}"


def _serve(filename: str) -> Response:
    try:
        asset = _asset(filename, str(current_app.static_folder))
    except OSError:
        abort(404)
    encoding = best_encoding(request) or ""
    compressed = asset.compressed.get(encoding)
    response = Response(compressed or asset.content, mimetype=asset.mimetype)
    response.vary.add("Accept-Encoding")
    if compressed:
        response.content_encoding = encoding
    if request.args.get("v") == asset.version:
        response.headers["Cache-Control"] = IMMUTABLE
        return response
    response.headers["Cache-Control"] = REVALIDATE
    response.set_etag(asset.version, weak=True)
    response.make_conditional(request)
    return response


def _asset(filename: str, folder: str) -> Asset:
    """A file, read again when it has been edited meanwhile. Raises OSError."""
    names = BUNDLES.get(filename, (filename,))
    return _read(folder, names, tuple(_path(folder, each).stat().st_mtime_ns for each in names))


@cache
def _read(folder: str, names: tuple[str, ...], _modified_at: tuple[int, ...]) -> Asset:
    content = b"\n".join(_minified(folder, each) for each in names)
    version = hashlib.sha256(content).hexdigest()[:12]
    mimetype = guess_type(names[0])[0] or "application/octet-stream"
    compressed = {name: compress(content) for name, compress in BEST.items()}
    smaller = {name: each for name, each in compressed.items() if len(each) < len(content)}
    return Asset(content, smaller, mimetype, version)


def _minified(folder: str, name: str) -> bytes:
    path = _path(folder, name)
    content = path.read_bytes()
    if name.startswith(UNCHANGED) or path.suffix not in MINIFIERS:
        return content
    return MINIFIERS[path.suffix](content.decode()).encode()


def _path(folder: str, name: str) -> Path:
    # Outside the folder there is nothing: the folder itself is no file, which says the same.
    return Path(safe_join(folder, name) or folder)
