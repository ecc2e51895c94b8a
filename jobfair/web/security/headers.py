"""What every answer tells the browser not to do.

Ours, as it is a table of constants, and redirects to HTTPS are the proxy's work.
"""

from __future__ import annotations

from flask import Flask, Response, request

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
"""Nothing inline and nothing from elsewhere: a name with a script in it stays a name."""

UNUSED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
"""What a browser could do and no page of ours asks for."""

FILES = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""For styles, scripts and pictures: the others say nothing to them, and a first visit loads ten."""

PAGES = FILES | {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{each}=()" for each in UNUSED),
    # Neither another site's window nor its page gets hold of one of ours.
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""For everything else."""


def init_app(app: Flask) -> None:
    """Add the headers to every answer that has not set its own."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    headers = response.headers
    # Where there is no such file, the answer is a page.
    is_file = request.endpoint == "static" and response.status_code in (200, 304)
    for name, value in (FILES if is_file else PAGES).items():
        headers.setdefault(name, value)
    if "token" in (request.view_args or {}):
        # The address is a secret, whatever answers it: it goes into no referrer and no index.
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Robots-Tag"] = "noindex"
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if not is_file:
        # Pages say who somebody is and where they are called; a shared tablet keeps none.
        headers.setdefault("Cache-Control", "no-store")
    return response
