"""The languages of JobFair, and the current one."""

from __future__ import annotations

from flask_babel import get_locale

LANGUAGES = ("fr", "en")
"""French is first, as it is the default."""


def current() -> str:
    """The current language, in a request or a stream."""
    locale = get_locale()
    assert locale is not None, "words are asked for within an app's context"
    return str(locale.language)
