"""The streams of live pages, all made from their declarations.

They answer 401 or 404 and never redirect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, request

from jobfair.feed.viewer import Viewer
from jobfair.live.page import Audience, LivePage, OpenPage
from jobfair.live.pages import PAGES
from jobfair.live.stream_response import respond
from jobfair.services.access.rights import Right
from jobfair.web.pages.open_pages import open_page, own_page
from jobfair.web.security.sign_in.authentication import link_of, needs, student_only
from jobfair.web.security.viewers import (
    account_viewer,
    hall_viewer,
    link_viewer,
    public_viewer,
    viewer_of,
)

blueprint = Blueprint("stream", __name__)


def _add_stream(page: LivePage) -> None:
    def view(**values: str) -> Response:
        opened, viewer = LET_IN[page.audience](page, **values)
        opened.check()
        if "others" in request.args:
            viewer = _with_others(viewer)
        screen = None if page.screen is None else page.screen(opened)
        return respond(viewer_of(opened, viewer), screen)

    blueprint.add_url_rule(page.stream, page.name, view)


def _with_others(viewer: Viewer) -> Viewer:
    """The viewer of a page that listens for their other tabs: it hears what any of them shows."""
    # A stand's tabs all show the stand, and an organiser hears everything.
    topics = viewer.topics if viewer.student_id is None else (*viewer.topics, "companies")
    return replace(viewer, topics=topics, has_others=True)


@student_only
def _student(page: LivePage, **values: str) -> tuple[OpenPage, Viewer]:
    return own_page(page, **values), account_viewer()


@needs(Right.LOOK)
def _admin(page: LivePage, **values: str) -> tuple[OpenPage, Viewer]:
    return open_page(page, **values), account_viewer()


def _stand(page: LivePage, token: str) -> tuple[OpenPage, Viewer]:
    link = link_of(token)
    return open_page(page, token=token, company_id=link.company.id), link_viewer(link)


def _hall(page: LivePage, **values: str) -> tuple[OpenPage, Viewer]:
    return open_page(page, **values), hall_viewer()


def _public(page: LivePage, **values: str) -> tuple[OpenPage, Viewer]:
    return open_page(page, **values), public_viewer()


LET_IN: dict[Audience, Callable[..., tuple[OpenPage, Viewer]]] = {
    Audience.STUDENT: _student,
    Audience.STAND: _stand,
    Audience.ADMIN: _admin,
    Audience.HALL: _hall,
    Audience.PUBLIC: _public,
}

# Pages that ask for their regions by themselves share a stream.
for each in {page.stream: page for page in PAGES}.values():
    _add_stream(each)
