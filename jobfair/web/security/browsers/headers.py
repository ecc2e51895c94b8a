"""The security headers of every answer.

Our own code, because it is only a table of constants; the proxy redirects to HTTPS.
"""

from __future__ import annotations

from flask import Flask, Response, make_response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing inline and nothing from other sites, so that a script in a name cannot run."""

UNUSED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
"""Browser features that no page uses; for the camera see `letting_use`."""


def _permissions(*used: str) -> str:
    return ", ".join(f"{each}={'(self)' if each in used else '()'}" for each in UNUSED)


FILES = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""For static files: the other headers have no effect there, and a first visit loads ten files."""

PAGES = FILES | {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": _permissions(),
    # No other site gets a reference to a window of ours.
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""For everything else."""


def init_app(app: Flask) -> None:
    """Add the headers to every answer that has not set its own."""
    app.after_request(_protect)


def letting_use(feature: str, page: str | Response) -> Response:
    """The answer with this page, which lets the browser use a feature that no other page does."""
    response = make_response(page)
    response.headers["Permissions-Policy"] = _permissions(feature)
    return response


def _protect(response: Response) -> Response:
    headers = response.headers
    # If the file does not exist, the answer is a page.
    is_file = request.endpoint == "static" and response.status_code in (200, 304)
    for name, value in (FILES if is_file else PAGES).items():
        headers.setdefault(name, value)
    if "token" in (request.view_args or {}):
        # The address is a secret. No other site learns it as a referrer; `no-referrer` would also
        # take the origin from our own forms, which then look like another site's.
        headers["X-Robots-Tag"] = "noindex"
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if not is_file:
        # Pages hold personal data, and a tablet may be shared.
        headers.setdefault("Cache-Control", "no-store")
    return response
