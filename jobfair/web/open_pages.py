"""Which live page a request is about: the one at its address, or the one that it was sent from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

MAX_DEPTH = 5
"""No form of a page lies further below it."""


def open_page(page: LivePage, **given: Any) -> OpenPage:
    """A page with the query of this request.

    Takes the values in the page's address, and who looks: `company_id` of a stand, `student_id`
    of a student.
    """
    return page.open(request.args, **given)


def own_page(page: LivePage, **values: Any) -> OpenPage:
    """A page of the student who is signed in. Takes the values in its address."""
    return open_page(page, student_id=current_user.student_id, **values)


def sent_from(default: OpenPage) -> OpenPage:
    """The page that a form was sent from; `default` where the browser does not say.

    Whatever the browser says, it is a declared page for the same audience and for the same link,
    and what it is about is there.
    """
    opened = _opened_as(default)
    try:
        opened.check()
    except NotFound:
        return default
    return opened


def _opened_as(default: OpenPage) -> OpenPage:
    path, query = _sender_url()
    # A form that was refused shows its page at the form's address, which is below the page's.
    for above in islice(_upwards(path), MAX_DEPTH):
        page, values = _page_at(above)
        if (
            page is not None
            and page.audience is default.page.audience
            and values.get("token") == default.values.get("token")
        ):
            asked = parse_qsl(query, keep_blank_values=True) if above == path else ()
            return OpenPage(page, default.who, values, MultiDict(asked))
    return default


def _sender_url() -> tuple[str, str]:
    """The path and the query that the browser says it sends this from."""
    # htmx says it also for a page whose address is too secret for a referrer.
    url = request.headers.get("HX-Current-URL") or request.referrer or ""
    try:
        address = urlsplit(url)
    except ValueError:
        return "", ""
    return address.path, address.query


def _page_at(path: str) -> tuple[LivePage | None, Mapping[str, Any]]:
    """The live page at a path, if there is one, and the values in it."""
    try:
        rule, values = current_app.url_map.bind("").match(path, return_rule=True)
    except HTTPException:
        return None, {}
    return BY_ADDRESS.get(rule.rule), values


def _upwards(path: str) -> Iterator[str]:
    """A path, then what it lies below, to the top."""
    while path:
        yield path
        path = path.rpartition("/")[0]
