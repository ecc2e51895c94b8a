"""The day again is walked through by the keyboard: the slider says its minute, the hall follows."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.people import create_company, organiser


def test_the_slider_shows_the_hall_of_its_minute(visitors: Visitors) -> None:
    admin = organiser(visitors)
    create_company(admin, "Curseur")
    admin.goto("/admin/report/day")
    slider, title = admin.locator("#minute"), admin.locator("#then-title")
    expect(slider).to_be_visible()
    slider.focus()
    admin.keyboard.press("Home")
    first = int(slider.get_attribute("min") or "")
    hour = f"{first // 60:02d}:{first % 60:02d}"
    expect(slider).to_have_attribute("aria-valuetext", hour)
    expect(title).to_contain_text(hour)
    expect(slider).to_be_focused()
