"""Which language a request is answered in: French unless somebody asks for English."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, has_request_context, request
from flask_babel import get_locale

from jobfair.queries.fair import fair_identity
from jobfair.web.security.browsers import cookies
from jobfair.wording.elision import ElidingBabel
from jobfair.wording.language import LANGUAGES

# The same in both languages, as the fair's clocks show it: the day first, and no AM or PM.
DATE_FORMATS = {
    **ElidingBabel.default_date_formats,
    "time.short": "HH:mm",
    "time.medium": "HH:mm:ss",
    "date.short": "dd/MM/y",
    "date.medium": "d MMM y",
    "date.long": "d MMMM y",
    "date.full": "EEEE d MMMM y",
    "datetime.short": "dd/MM/y HH:mm",
    "datetime.medium": "d MMM y, HH:mm:ss",
}

babel = ElidingBabel(date_formats=DATE_FORMATS)

COOKIE = "jobfair_language"
COOKIE_LIFETIME = timedelta(days=365)

DOCUMENTATION = "/api/docs/"
"""The only page among the JSON calls."""


def init_app(app: Flask) -> None:
    """Make every page, message and date follow the request's language, and the fair's zone."""
    babel.init_app(app, locale_selector=chosen, timezone_selector=_zone)
    app.jinja_env.globals["get_locale"] = get_locale


def chosen() -> str:
    """The language of this request: chosen on a page, else preferred by the browser.

    JSON requests have no page to choose it on, so they only follow `Accept-Language`.
    """
    if not has_request_context():
        return LANGUAGES[0]
    picked = cookies.read_cookie(COOKIE)
    is_page = not request.path.startswith("/api/") or request.path == DOCUMENTATION
    if picked in LANGUAGES and is_page:
        return picked
    # By language without region: for Canadian French, our French is better than English.
    wanted = (tag.lower().partition("-")[0] for tag in request.accept_languages.values())
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])


def _zone() -> str | None:
    """The zone that the organisers have set; with None the setting's counts."""
    return fair_identity.current().zone


def remember(response: Response, language: str) -> None:
    """Remember a language for this browser; an unknown one changes nothing."""
    if language in LANGUAGES:
        cookies.set_cookie(response, COOKIE, language, COOKIE_LIFETIME)
