"""Static files: minified and compressed once, with a hash of the content in the URL.

A browser never asks again for a file that it has; a changed file has another URL.

Our own code, so that no build step is needed before a start; WhiteNoise serves a build's output.
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
    # Before anything is seen.
    "first.js": ("storage.js", "arriving.js"),
    # In this order: the outbox must handle a failed request before the forms do.
    "common.js": (
        "htmx-internals.js",
        "clock.js",
        "elapsed.js",
        "settling.js",
        "toasts.js",
        "stream.js",
        "asking.js",
        "turn-alert.js",
        "outbox.js",
        "forms.js",
        "copy-button.js",
        "questions.js",
        "secrets.js",
    ),
}
"""The files of every page are sent as one: each further file would cost half a kilobyte."""

MINIFIERS: Mapping[str, Callable[[str], str]] = {
    ".css": rcssmin.cssmin,
    ".js": rjsmin.jsmin,
}
"""The minifiers, by file suffix."""

UNCHANGED = "vendor/"
"""The folder of the files that are not minified."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file's content, plain and compressed, and the version in its URL."""

    content: bytes
    compressed: Mapping[str, bytes]
    mimetype: str
    version: str


def init_app(app: Flask) -> None:
    """Serve the static folder, and give templates the URLs of its files."""
    app.static_folder = "static"
    app.add_url_rule("/static/<path:filename>", "static", _serve)
    # Browsers look for it here if no page names another.
    app.add_url_rule("/favicon.ico", "icon", lambda: _serve("favicon.ico"))
    app.jinja_env.globals["asset"] = address


def address(filename: str) -> str:
    """The URL of a static file, with the version of its content."""
    return _address(filename, str(current_app.static_folder))


@cache
def _address(filename: str, folder: str) -> str:
    # A page links a dozen files: checking each on the disk took 5 % of the page's time.
    return f"/static/{filename}?v={_asset(filename, folder).version}"


def _serve(filename: str) -> Response:
    try:
        asset = _asset(filename, str(current_app.static_folder))
    except (OSError, ValueError):
        # A path with a NUL in it is no path.
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
    """A file or bundle, read again if it has been edited. Raises OSError or ValueError."""
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
    # For a path outside the folder: the folder itself, which cannot be read as a file either.
    return Path(safe_join(folder, name) or folder)
