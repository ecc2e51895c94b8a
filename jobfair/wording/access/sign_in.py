"""Why a student's page asks somebody to sign in."""

from __future__ import annotations

from flask_babel import gettext as _


def asked_for(path: str) -> str:
    """What the page at this path would show, and what for."""
    if path == "/companies":
        return _("Sign in to see the companies and join a queue.")
    return _("Sign in to see this page: it is about your own day at the fair.")
