"""A second tap, meant for the button that led to another page, does nothing on that page."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.people import organiser, until

LATE_SCRIPTS = "**/{common,htmx,hx-sse}*.js*"
RESTED_MS = 1_500


def test_a_second_tap_after_signing_out_changes_no_language(visitors: Visitors) -> None:
    page = organiser(visitors)
    # A page is seen, and tapped, before its scripts have come over a slow network.
    page.route(LATE_SCRIPTS, lambda route: route.abort())
    with page.expect_navigation(wait_until="commit"):
        page.get_by_role("button", name="Se déconnecter").click()
    english = page.get_by_role("button", name="English")
    box = english.bounding_box()
    assert box is not None
    spot = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*spot)
    page.wait_for_timeout(RESTED_MS)  # For what must not happen.
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.mouse.click(*spot)
    expect(page.locator("html")).to_have_attribute("lang", "en")


LOOKS_WHILE_SETTLING = """
window.looks = [];
(function look() {
  if (document.documentElement?.dataset.settling === "")
    for (const each of document.querySelectorAll("main .button"))
      window.looks.push(getComputedStyle(each).opacity);
  requestAnimationFrame(look);
})();
"""
"""In each frame, as an animation that starts from another look has it in its first one."""


def test_a_page_one_has_come_to_looks_as_it_does_afterwards(visitors: Visitors) -> None:
    """Taps are ignored for a moment; were it to be seen, every page would look disabled."""
    page = organiser(visitors)
    page.route(LATE_SCRIPTS, lambda route: route.abort())
    page.add_init_script(LOOKS_WHILE_SETTLING)
    with page.expect_navigation(wait_until="commit"):
        page.get_by_role("button", name="Se déconnecter").click()
    until(page, lambda: page.evaluate("window.looks.length"), "the page is seen while it settles")
    expect(page.locator("[data-settling]")).to_have_count(0)
    assert set(page.evaluate("window.looks")) == {"1"}
