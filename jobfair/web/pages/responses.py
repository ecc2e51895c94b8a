"""The answer that shows a live page, and the answer to an action on one.

An action is answered with fragments or with a redirect, as the client's `Accept` header asks.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, flash, make_response, redirect, request, session

from jobfair.db.transactions import revision
from jobfair.domain.refusals import Refusal
from jobfair.live.fragments import Undo, fragments, replacing, tag_of, toast
from jobfair.live.page import OpenPage
from jobfair.web.refusals import refuse

FRAGMENTS = "text/vnd.jobfair.fragments+html"


def wants_fragments() -> bool:
    """Whether the client asked for fragments."""
    return FRAGMENTS in request.headers.get("Accept", "")


def show(page: OpenPage, **context: Any) -> str:
    """The whole page. A refusal before a redirect is shown next to what was refused."""
    refused = session.pop("refused", {})
    return page.render(**{"refused": refused, **context})


def browse(page: OpenPage, **context: Any) -> Response:
    """The page, with `context` added. A search that is sent while somebody types gets only the
    regions that it fills.

    By its tag the stream, which then follows the search, does not send it again.
    """
    if not wants_fragments():
        return make_response(show(page, **context))
    page.check()
    search = page.page.search
    loaded = page.load() if search is None else page.found()
    regions = page.page.regions if search is None else search.regions
    rows = page.page.rows
    # A link that shows more of the same list is no search: somebody who reads on stays at the same
    # row.
    is_search = request.headers.get("HX-Source", "").startswith("form")
    list_id = rows.region if rows and is_search else ""
    found = replacing(fragments(regions, loaded), revision(), list_id)
    response = make_response(found)
    response.set_etag(tag_of(found), weak=True)
    return response


def answer(
    page: OpenPage,
    outcome: object,
    subject: str,
    message: str,
    then: OpenPage | None = None,
    undo: Undo | None = None,
    **context: Any,
) -> Response:
    """The answer to an action: the page that it was sent from, up to date.

    `page` is that page, and `outcome` what the service returned. A refusal is shown next to
    `subject`, e.g. `entry-12`; `message` is shown on success, unless it is empty. `then` is the
    page that the form leads to, if that is a different one. `undo` is the form that takes it back.
    `context` is more for the page's fragments, such as what may be chosen instead.
    """
    if isinstance(outcome, Refusal):
        refused = refuse(outcome, page.page.audience.voice)
        told = {subject: refused.sentence}
        return _answer(page, "error", refused.sentence, refused.status, subject, told, **context)
    if then is not None and not wants_fragments():
        page = then
    return _answer(page, "success", message, 200, subject, {}, undo)


def redirect_with_message(message: str, address: str) -> Response:
    """Redirect to a page that shows a message about what was done."""
    flash(message, "success")
    return see_other(address)


def see_other(address: str) -> Response:
    """Redirect with 303: the browser then sends GET, whatever it sent before."""
    response: Response = make_response(redirect(address, 303))
    return response


def _answer(
    page: OpenPage,
    category: str,
    message: str,
    status: int,
    subject: str,
    refused: dict[str, str],
    undo: Undo | None = None,
    **context: Any,
) -> Response:
    if wants_fragments():
        as_of = revision()
        regions = page.answer(
            {**page.load(), **page.found(), "refused": refused, **context}, subject
        )
        said = toast(category, message, undo) if message else ""
        return make_response(replacing(regions, as_of) + said, status)
    if message:
        # The next page shows it with the form that takes it back, as a toast would.
        flashed: Any = message if undo is None else {"message": message, "undo": asdict(undo)}
        flash(flashed, category)
    session["refused"] = refused
    return see_other(page.address)
