"""A gateway holds every stream back: the pages ask instead, and say so quietly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, Server, Visitors
from tests.browser.people import (
    COMPANIES,
    company,
    create_company,
    join,
    live,
    organiser,
    say,
    stand,
    student,
    turn,
    unique,
    until,
)
from tests.support.gateway import Gateway

pytestmark = pytest.mark.system

ASKED_WITHIN_MS = 20_000
"""Five seconds without a first event, up to seven between two questions, and a slow machine."""


@pytest.fixture
def gateway(server: Server) -> Iterator[Gateway]:
    gateway = Gateway(server.port)
    yield gateway
    gateway.close()


@pytest.fixture
def behind(browser: Browser, gateway: Gateway) -> Iterator[Visitors]:
    """Visitors whose network has the gateway."""
    visitors = Visitors(browser, gateway.url)
    yield visitors
    visitors.close()
    assert visitors.complaints == []


def says_so(page: Page) -> None:
    expect(page.locator("#delayed")).to_be_visible(timeout=ASKED_WITHIN_MS)
    expect(page.locator("#connection")).to_be_hidden()


@pytest.mark.parametrize("held", ["body", "answer"])
def test_every_kind_of_page_is_right_though_no_stream_comes_through(
    visitors: Visitors, behind: Visitors, gateway: Gateway, held: str
) -> None:
    acme = unique("Acme")
    link = company(visitors, acme)
    gateway.hold = held
    tablet, alice, overview = stand(behind, link), student(behind, "Alice"), organiser(behind)
    listing = behind.visitor(DESKTOP, storage_state=overview.context.storage_state())
    listing.goto("/admin/companies")
    for page in (tablet, alice, overview, listing):
        says_so(page)
    join(student(visitors, "Bob"), acme)
    expect(tablet.locator("#waiting")).to_contain_text("Bob Test", timeout=ASKED_WITHIN_MS)
    row = listing.locator("#companies tr, #companies li", has_text=acme)
    expect(row.first).to_contain_text("1", timeout=ASKED_WITHIN_MS)


def test_a_call_rings_and_a_message_is_told_once(
    visitors: Visitors, behind: Visitors, gateway: Gateway
) -> None:
    acme = unique("Acme")
    admin = organiser(visitors)
    create_company(admin, acme)
    bob = student(visitors, "Bob")
    join(bob, acme)
    gateway.hold = "body"
    alice = student(behind, "Alice")
    join(alice, acme)
    says_so(alice)
    bob.goto("/dashboard")
    bob.evaluate("document.querySelector('form[action$=leave]').submit()")
    expect(turn(alice, acme)).to_be_visible(timeout=ASKED_WITHIN_MS)
    expect(alice.locator("#urgent")).to_contain_text(acme)
    said = unique("La conférence commence")
    say(admin, said)
    shown = alice.locator("#messages .strip-text", has_text=said)
    expect(shown).to_have_count(1, timeout=ASKED_WITHIN_MS)
    before = len(gateway.asked)
    until(alice, lambda: len(gateway.asked) >= before + 3, "it asks again", 30)
    expect(shown).to_have_count(1)
    assert gateway.asked[-1] == 304, "nothing has happened, so nothing is sent"


def test_the_page_returns_to_the_stream_when_one_works(
    visitors: Visitors, behind: Visitors, gateway: Gateway
) -> None:
    acme = unique("Acme")
    link = company(visitors, acme)
    gateway.hold = "body"
    tablet = stand(behind, link)
    says_so(tablet)
    gateway.hold = None
    until(tablet, lambda: tablet.locator("#delayed").is_hidden(), "the stream is back", 30)
    live(tablet)
    asked = len(gateway.asked)
    join(student(visitors, "Alice"), acme)
    expect(tablet.locator("#waiting")).to_contain_text("Alice Test")
    tablet.wait_for_timeout(8_000)  # For a question, which must not come.
    assert len(gateway.asked) == asked


def test_a_student_s_other_tabs_are_right_too(
    visitors: Visitors, behind: Visitors, gateway: Gateway
) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    gateway.hold = "answer"
    alice = student(behind, "Alice")
    other = alice.context.new_page()
    other.goto(COMPANIES)
    says_so(other)
    join(student(visitors, "Bob"), acme)
    for page in (alice, other):
        page.goto(COMPANIES)
    card = other.locator("#companies li", has_text=acme)
    expect(card).to_contain_text("1 en attente", timeout=ASKED_WITHIN_MS)
