"""A page whose stream is one too many asks instead, says so, and is live again when looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, Route, expect

from jobfair.feed.viewer import MOST_STREAMS
from tests.browser.conftest import Server, Visitors
from tests.browser.people import COMPANIES, company, join, live, student, unique

pytestmark = pytest.mark.system

ASKED_WITHIN_MS = 20_000


@pytest.fixture
def streams() -> Iterator[ExitStack]:
    with ExitStack() as streams:
        yield streams


def listen_as(page: Page, server: Server, streams: ExitStack) -> None:
    """As many streams of the same sign-in as it may have."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    for _ in range(MOST_STREAMS["sign_in"]):
        asked = Request(f"{server.url}/api/events/", headers={"Cookie": cookies})
        streams.enter_context(urlopen(asked))


def test_a_page_that_gave_way_asks_until_somebody_comes_back_to_it(
    visitors: Visitors, server: Server, streams: ExitStack
) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.goto(COMPANIES)
    listen_as(live(alice), server, streams)
    expect(alice.locator("#replaced")).to_be_visible()
    join(student(visitors, "Bob"), acme)
    card = alice.locator("#companies li", has_text=acme)
    expect(card).to_contain_text("1 en attente", timeout=ASKED_WITHIN_MS)
    # By now a stream that was merely lost would have been opened again, and again.
    assert not alice.evaluate("Boolean(live._htmx?.sse)")
    expect(alice.locator("#replaced")).to_be_visible()
    expect(alice.locator("#connection")).to_be_hidden()
    alice.evaluate("dispatchEvent(new Event('focus'))")
    expect(live(alice).locator("#replaced")).to_be_hidden()


def test_a_page_that_there_is_no_room_for_asks_and_does_not_try_all_the_time(
    visitors: Visitors,
) -> None:
    alice, refused = student(visitors, "Alice"), []

    def refuse(route: Route) -> None:
        if "once" in route.request.url:
            route.continue_()
            return
        refused.append(route)
        route.fulfill(status=503, headers={"Retry-After": "30"})

    alice.route("**/live/**", refuse)
    alice.reload()
    expect(alice.locator("#replaced")).to_be_visible(timeout=ASKED_WITHIN_MS)
    tries = len(refused)
    for _ in range(2):
        with alice.expect_response("**/live/**once**", timeout=ASKED_WITHIN_MS):
            pass
    assert len(refused) == tries
    alice.unroute("**/live/**")
    alice.evaluate("dispatchEvent(new Event('focus'))")
    expect(live(alice).locator("#replaced")).to_be_hidden()
