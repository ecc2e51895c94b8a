"""The languages that JobFair speaks, and the one that is spoken now."""

from __future__ import annotations

from flask_babel import get_locale

LANGUAGES = ("fr", "en")
"""French first: it is spoken where nobody asks for another."""


def current() -> str:
    """The language that is spoken right now, in a request or a stream."""
    locale = get_locale()
    assert locale is not None, "words are asked for within an app's context"
    return str(locale.language)
