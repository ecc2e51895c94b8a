"""Which live page a request is about: the one at its URL, or the one it was sent from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import current_app, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from jobfair.exceptions import NotFound
from jobfair.live.page import LivePage, OpenPage
from jobfair.live.pages import BY_ADDRESS
from jobfair.web import urls

MAX_DEPTH = 5
"""The most path segments that a form's address has below that of its page."""


def open_page(page: LivePage, **given: Any) -> OpenPage:
    """A page with the query of this request.

    Takes the values in the page's address, and the viewer: `company_id` for a stand, `student_id`
    for a student.
    """
    return page.open(request.args, urls.site(), **given)


def own_page(page: LivePage, **values: Any) -> OpenPage:
    """A page of the signed-in student. Takes the values in its address."""
    return open_page(page, student_id=current_user.student_id, **values)


def sent_from(default: OpenPage) -> OpenPage:
    """The page that a form was sent from; `default` if the browser does not say.

    What the browser says is checked: the result is a declared page for the same audience and the
    same link, and what it shows exists.
    """
    opened = _opened_as(default)
    try:
        opened.check()
    except NotFound:
        return default
    return opened


def _opened_as(default: OpenPage) -> OpenPage:
    path, query = _sender_url()
    # After a refused form the page is shown at the form's address, which lies below its own.
    for above in islice(_upwards(path), MAX_DEPTH):
        page, values = _page_at(above)
        if (
            page is not None
            and page.audience is default.page.audience
            and values.get("token") == default.values.get("token")
        ):
            asked = parse_qsl(query, keep_blank_values=True) if above == path else ()
            return replace(default, page=page, values=values, query=MultiDict(asked))
    return default


def _sender_url() -> tuple[str, str]:
    """The path and the query of the page that sent this, as the browser says."""
    # htmx sends its header even if the browser sends no referrer.
    url = request.headers.get("HX-Current-URL") or request.referrer or ""
    try:
        address = urlsplit(url)
    except ValueError:
        return "", ""
    return address.path, address.query


def _page_at(path: str) -> tuple[LivePage | None, Mapping[str, Any]]:
    """The live page at a path, if any, and the values in the path."""
    try:
        rule, values = current_app.url_map.bind("").match(path, return_rule=True)
    except HTTPException:
        return None, {}
    return BY_ADDRESS.get(rule.rule), values


def _upwards(path: str) -> Iterator[str]:
    """A path, then its parents up to the root."""
    while path:
        yield path
        path = path.rpartition("/")[0]
