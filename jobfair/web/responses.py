"""One answer to an action: the page's fragments for a script, post-redirect-get without one.

Which of the two is the client's wish, said by its `Accept` header.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, make_response, redirect, request, session

from jobfair.db.transactions import revision
from jobfair.domain.refusals import Refusal
from jobfair.live.fragments import Page, replacing, toast
from jobfair.web.refusals import refuse
from jobfair.wording.refusals import Voice

FRAGMENTS = "text/vnd.jobfair.fragments+html"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as one viewer has it open: what it is, where it is, what it shows."""

    page: Page
    address: str
    load: Callable[[], Mapping[str, Any]]

    def render(self, **context: Any) -> str:
        """The whole page; a refusal that came with a redirect stands beside its cause."""
        refused = session.pop("refused", {})
        page = {"page_address": self.address, **self.load(), "refused": refused}
        return self.page.render({**page, **context})


def wants_fragments() -> bool:
    """Whether the client asked for fragments."""
    return FRAGMENTS in request.headers.get("Accept", "")


def answer(
    shown: Shown,
    outcome: object,
    subject: str,
    message: str,
    voice: Voice = Voice.SELF,
) -> Response:
    """The answer to an action.

    Takes the page the action came from, the service's outcome, what the action was about (the
    key under which a refusal is shown, e.g. `entry-12`), the words for success, and whom a
    refusal is said to.
    """
    if isinstance(outcome, Refusal):
        refused = refuse(outcome, voice)
        shown_refused = {subject: refused.sentence}
        return _answer(shown, "error", refused.sentence, refused.status, shown_refused)
    return _answer(shown, "success", message, 200, {})


def _answer(
    shown: Shown, category: str, message: str, status: int, refused: dict[str, str]
) -> Response:
    if wants_fragments():
        as_of = revision()
        fragments = shown.page.fragments({**shown.load(), "refused": refused})
        return make_response(replacing(fragments, as_of) + toast(category, message), status)
    flash(message, category)
    session["refused"] = refused
    response: Response = make_response(redirect(shown.address, 303))
    return response
