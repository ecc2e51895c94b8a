"""The desk on a tablet: somebody stuck is found and helped in two taps; a badge is scanned."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TABLET, Visitors
from tests.browser.people import (
    company,
    desk,
    number_of_company,
    returning,
    stand,
    turn,
    unique,
    waiting,
)

COUNT_TAPS = """
const taps = () => Number(sessionStorage.getItem("taps"));
addEventListener("click", (tap) => {
  if (tap.isTrusted) sessionStorage.setItem("taps", taps() + 1);
}, true);
"""

THE_CAMERA_SEES = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return %s.map((rawValue) => ({ rawValue })); }
};
navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
HTMLMediaElement.prototype.play = async () => {};
"""


def taps(page: Page) -> int:
    return int(page.evaluate("sessionStorage.getItem('taps')") or 0)


def test_the_desk_solves_a_stuck_student_in_two_taps(visitors: Visitors) -> None:
    acme, zoe = unique("Acme"), unique("Zoe").replace(" ", "")
    link = company(visitors, acme)
    alice = returning(visitors, waiting(visitors, zoe, number_of_company(visitors, acme)))
    expect(turn(alice, acme)).to_be_visible()
    stand(visitors, link).get_by_role("button", name="Pas venu").click()
    expect(turn(alice, acme)).to_have_count(0)

    tablet = desk(visitors)
    tablet.context.add_init_script(COUNT_TAPS)
    tablet.reload()
    # The code of her badge, as she reads it out.
    alice.goto("/profile")
    code = alice.locator(".own-badge .badge-code").inner_text()
    alice.goto("/dashboard")
    tablet.get_by_label("Nom, e-mail ou code du badge").press_sequentially(code.lower())
    tablet.locator("#found a", has_text=zoe).click()
    expect(tablet.locator("#person")).to_contain_text(f"Mis de côté chez {acme} depuis")
    tablet.get_by_role("button", name="Est là").click()
    expect(tablet.locator("#person")).to_contain_text("C'est son tour")
    assert taps(tablet) == 2
    expect(turn(alice, acme)).to_be_visible()


@pytest.mark.system
def test_a_badge_is_scanned_and_no_other_code_leads_anywhere(visitors: Visitors) -> None:
    company(visitors, acme := unique("Acme"))
    alice = returning(visitors, waiting(visitors, "Alice", number_of_company(visitors, acme)))
    alice.goto("/profile")
    code = alice.locator(".own-badge .badge-code").inner_text().replace(" ", "")

    tablet = desk(visitors)
    expect(tablet.get_by_role("button", name="Scanner un badge")).to_be_hidden()
    seen = ["https://other.example/", "javascript:alert(1)"]
    tablet.context.add_init_script(THE_CAMERA_SEES % seen)
    tablet.reload()
    tablet.get_by_role("button", name="Scanner un badge").click()
    expect(tablet.get_by_text("Ce n'est pas un badge de ce salon")).to_be_visible()
    expect(tablet).to_have_url("/admin/desk")
    badge = [*seen, f"https://fair.example/admin/desk/badge/{code}"]
    tablet.context.add_init_script(THE_CAMERA_SEES % badge)
    tablet.reload()
    tablet.get_by_role("button", name="Scanner un badge").click()
    expect(tablet.locator("#person h1")).to_contain_text("Alice")
    assert tablet.viewport_size == TABLET
