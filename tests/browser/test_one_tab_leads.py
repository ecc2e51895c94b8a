"""Of a viewer's tabs in one browser one has the stream, and all are right.

Every tab counts as in sight here, so the one opened last leads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.people import (
    COMPANIES,
    LIVE_WITHIN_SECONDS,
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

pytestmark = pytest.mark.system

TABS = 8
SOON_MS = 2_000
PAGES = ("/dashboard", COMPANIES, "/notifications", "/profile")


def tabs(page: Page, number: int) -> list[Page]:
    """A browser with this many tabs, each at the next of a student's pages."""
    return opened(page, [PAGES[at % len(PAGES)] for at in range(number)])


def opened(page: Page, addresses: list[str]) -> list[Page]:
    """A browser with a tab at each of these addresses."""
    pages = [page, *(page.context.new_page() for _ in addresses[1:])]
    for tab, address in zip(pages, addresses, strict=True):
        tab.goto(address)
    return [live(tab) for tab in pages]


def has_stream(page: Page) -> bool:
    return bool(page.evaluate("Boolean(live._htmx?.sse)"))


def leader_of(pages: list[Page], within: float = LIVE_WITHIN_SECONDS) -> Page:
    """The tab that has a stream, once it is the only one: a hand-over takes a moment."""
    found: list[Page] = []

    def one_listens() -> bool:
        found[:] = [page for page in pages if has_stream(page)]
        return len(found) == 1

    until(pages[0], one_listens, "one tab alone listens", within)
    return found[0]


def hide(page: Page) -> None:
    """As the browser does with a page that it keeps for the way back."""
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")


def return_to(page: Page) -> None:
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")


def test_eight_tabs_are_right_over_one_stream(visitors: Visitors) -> None:
    acme = unique("Acme")
    tablet = stand(visitors, create_company(organiser(visitors), acme))
    bob, alice = student(visitors, "Bob"), student(visitors, "Alice")
    join(bob, acme)
    join(alice, acme)
    pages = tabs(alice, TABS)
    assert leader_of(pages) is pages[-1]

    bob.goto("/dashboard")
    turn(bob, acme).get_by_role("button", name="Commencer").click()
    tablet.get_by_role("button", name="Terminer").click()
    for page in pages:
        expect(page.locator("#turns")).to_contain_text(acme, timeout=SOON_MS)
        expect(page.locator("#connection")).to_be_hidden()
    assert sum(page.locator(".toast-turn").count() for page in pages) <= 1


def test_what_one_tab_does_not_show_another_is_told(visitors: Visitors) -> None:
    """The leader's own page says nothing of a company in whose queue its student is not."""
    acme = unique("Acme")
    create_company(organiser(visitors), acme)
    bob, alice = student(visitors, "Bob"), student(visitors, "Alice")
    pages = tabs(alice, len(PAGES))
    assert leader_of(pages) is pages[-1]
    join(bob, acme)
    card = pages[1].locator("#companies li", has_text=acme)
    expect(card).to_contain_text("1 en attente", timeout=SOON_MS)


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(lambda page: page.close(), id="closed"),
        pytest.param(lambda page: page.goto("about:blank"), id="left"),
        pytest.param(hide, id="kept for the way back"),
    ],
)
def test_the_lead_is_handed_over(visitors: Visitors, leave: Callable[[Page], object]) -> None:
    acme = unique("Acme")
    create_company(organiser(visitors), acme)
    pages = tabs(student(visitors, "Alice"), 3)
    leader = leader_of(pages)
    pages.remove(leader)
    leave(leader)
    leader_of(pages, within=SOON_MS / 1000)
    join(pages[1], acme)
    for page in pages:
        expect(page.locator("#turns")).to_contain_text(acme, timeout=SOON_MS)
        expect(page.locator("#connection")).to_be_hidden()


def test_a_page_that_is_returned_to_takes_the_lead(visitors: Visitors) -> None:
    pages = tabs(student(visitors, "Alice"), 2)
    leader = leader_of(pages)
    hide(leader)
    assert leader_of(pages) is not leader
    return_to(leader)
    until(leader, lambda: leader_of(pages) is leader, "the page leads again")


def test_a_tab_that_changes_its_language_or_signs_out_hands_over(visitors: Visitors) -> None:
    pages = tabs(student(visitors, "Alice"), 3)
    leader = leader_of(pages)
    leader.get_by_role("button", name="English").click()
    expect(leader.locator("html")).to_have_attribute("lang", "en")
    live(leader)
    assert leader_of(pages) is leader
    leader.goto("/profile")
    leader.get_by_role("button", name="Sign out", exact=True).click()
    for page in pages:
        expect(page).to_have_url(re.compile("/(login.*)?$"), timeout=SOON_MS * 5)


def test_a_message_is_shown_in_each_tab_and_kept(visitors: Visitors) -> None:
    admin = organiser(visitors)
    pages = tabs(student(visitors, "Alice"), 4)
    leader_of(pages)
    text = unique("La conférence commence")
    say(admin, text)
    for page in pages:
        expect(page.locator("#messages .strip-text", has_text=text)).to_have_count(1)
    expect(pages[2].locator("#notices")).to_contain_text(text)


def test_no_message_is_lost_while_the_lead_changes(visitors: Visitors) -> None:
    admin = organiser(visitors)
    admin.goto("/admin/messages")
    pages = tabs(student(visitors, "Alice"), 3)
    leader_of(pages)
    said: list[str] = []
    for change in (
        lambda: pages.pop().close(),
        lambda: pages.append(pages[0].context.new_page()),
        lambda: pages[-1].goto("/profile"),
        lambda: pages[-1].reload(),
        lambda: pages.pop().close(),
    ):
        said.append(unique(f"Message {len(said)}"))
        admin.get_by_label("Tout le monde").check()
        admin.get_by_label("Message", exact=True).fill(said[-1])
        admin.get_by_role("button", name="Envoyer").click()
        expect(admin.get_by_role("heading", name="Envoyer à tout le monde ?")).to_be_visible()
        admin.get_by_role("button", name="Envoyer").click(no_wait_after=True)
        change()
        expect(admin.locator("#sent")).to_contain_text(said[-1])
    for page in pages[:2]:
        for text in said:
            expect(page.locator("#messages .strip-text", has_text=text)).to_have_count(1)


def test_without_locks_each_tab_listens_for_itself(visitors: Visitors) -> None:
    alice = student(visitors, "Alice")
    alice.context.add_init_script("delete Navigator.prototype.locks")
    assert all(has_stream(page) for page in tabs(alice, 2))


def test_eight_tabs_of_a_stand_are_right_over_one_stream(visitors: Visitors) -> None:
    acme = unique("Acme")
    link = create_company(organiser(visitors), acme)
    tablet = stand(visitors, link)
    pages = opened(tablet, [link, f"{link}?all"] * (TABS // 2))
    leader_of(pages)
    join(student(visitors, "Alice"), acme)
    for page in pages:
        expect(page.locator("#waiting")).to_contain_text("Alice Test", timeout=SOON_MS)
    pages[0].locator("#waiting").get_by_role("button", name="Pas venu").click()
    for page in pages:
        expect(page.locator("#waiting")).to_contain_text("Mis de côté", timeout=SOON_MS)
        expect(page.locator("#connection")).to_be_hidden()


def test_eight_tabs_of_an_organiser_are_right_over_one_stream(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = organiser(visitors)
    create_company(admin, acme)
    company = urlsplit(admin.url).path
    lists = ["/admin/companies", "/admin/students"]
    alice = student(visitors, "Alice")
    pages = opened(admin, ["/admin/", company, *lists, "/admin/messages", company, *lists])
    leader_of(pages)
    join(alice, acme)
    for page in (pages[1], pages[5]):
        expect(page.locator("#waiting")).to_contain_text("Alice Test", timeout=SOON_MS)
    row = pages[2].locator("#companies tr", has_text=acme)
    # A list asks at most every five seconds.
    expect(row.locator("[data-label='En attente']")).to_have_text("1", timeout=SOON_MS + 5_000)
