"""A device's clock is wrong, or is set while a page is open: no span and no instant follows it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TABLET, Visitors
from tests.browser.people import accept_questions, company, join, live, student, turn, unique, until

pytestmark = pytest.mark.system

SETTABLE = """(() => {
    const real = Date.now;
    let ahead = %d;
    Date.now = () => real() + ahead;
    window.setClock = (minutes) => { ahead = minutes * 60_000; };
})()"""
MINUTE_MS = 60_000


def tablet_of(visitors: Visitors, link: str, minutes: int = 0) -> Page:
    """A stand's tablet whose clock is this many minutes fast."""
    tablet = visitors.visitor(TABLET)
    accept_questions(tablet)
    tablet.add_init_script(SETTABLE % (minutes * MINUTE_MS))
    tablet.goto(link)
    return live(tablet)


def interviewing(visitors: Visitors, acme: str) -> Page:
    alice = student(visitors, "Alice")
    join(alice, acme)
    alice.goto("/dashboard")
    turn(alice, acme).get_by_role("button", name="Commencer").click()
    expect(alice.locator("#running")).to_contain_text(acme)
    return alice


@pytest.mark.parametrize("minutes", [-60, 60])
def test_a_clock_that_is_set_moves_no_timer_and_the_line_is_looked_after(
    visitors: Visitors, minutes: int
) -> None:
    acme = unique("Acme")
    tablet = tablet_of(visitors, company(visitors, acme))
    interviewing(visitors, acme)
    expect(tablet.locator("#in-interview")).to_contain_text("Alice")
    opened: list[str] = []
    tablet.on("request", lambda request: opened.append(request.url))
    tablet.evaluate(f"setClock({minutes})")
    until(tablet, lambda: any("/live/" in url for url in opened), "the stream is opened again")
    until(tablet, lambda: tablet.evaluate("isUnsure") is False, "the server was asked for the time")
    off = tablet.evaluate("serverNow()") - tablet.evaluate(f"Date.now() - {minutes * MINUTE_MS}")
    assert abs(off) < 3_000
    elapsed = tablet.locator("#in-interview time.elapsed").first.inner_text()
    assert elapsed.startswith("0:"), elapsed


@pytest.mark.parametrize("minutes", [-2, 2])
def test_the_end_of_an_interview_can_be_taken_back_for_a_minute(
    visitors: Visitors, minutes: int
) -> None:
    acme = unique("Acme")
    tablet = tablet_of(visitors, company(visitors, acme), minutes)
    interviewing(visitors, acme)
    tablet.get_by_role("button", name="Terminer").first.click()
    undo = tablet.locator("#undo").get_by_role("button", name="Annuler")
    expect(undo).to_be_visible()
    tablet.evaluate("serverAhead += 61_000")
    expect(undo).to_be_hidden()
