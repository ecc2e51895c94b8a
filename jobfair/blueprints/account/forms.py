"""The forms for signing in and registering, wherever they are shown again."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from flask import Response, make_response, render_template, request

from jobfair.live.pages.student import COMPANY, HELP, PAGES
from jobfair.queries.fair import sign_up
from jobfair.web.pages import poster_joins
from jobfair.web.urls import own_path
from jobfair.wording.access import sign_in

FOR_STUDENTS = {each.address for each in PAGES} - {HELP.address, COMPANY.address}


def form(
    template: str,
    status: int = 200,
    errors: dict[str, str] | None = None,
    sentence: str | None = None,
    wanted: str | None = None,
    address: str | None = None,
) -> Response:
    """The form of a template, with what was typed, and what is wrong by field or as a whole.

    It leads to the page `wanted`, unless the request says to which. `address` is where it is
    itself, unless where it was sent.
    """
    leads_to = own_path(request.values.get("next") or wanted)
    page = render_template(
        template,
        errors=errors or {},
        sentence=sentence,
        values={"code": _code_on_poster(), **request.form},
        next=leads_to,
        asks_for=_asks_for(leads_to),
        sign_up=sign_up.rule(),
        joins=poster_joins.wanted(),
        page_address=address or request.path,
    )
    return make_response(page, status)


def _asks_for(page: str | None) -> str | None:
    """Why this page asks somebody to sign in, where it is one for students alone."""
    path = (page or "").partition("?")[0]
    return sign_in.asked_for(path) if path in FOR_STUDENTS else None


def _code_on_poster() -> str:
    """The word of the fair, as the address says that somebody came by."""
    given = request.args.get("code")
    if given is not None:
        return given
    wanted = urlsplit(own_path(request.args.get("next")) or "")
    return parse_qs(wanted.query).get("code", [""])[0]
