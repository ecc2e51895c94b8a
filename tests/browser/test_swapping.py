"""Two stands are swapped: one types at once, and what was done is put away."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import Visitors


def test_the_form_has_the_focus_and_closes_empty_once_they_are_swapped(visitors: Visitors) -> None:
    one, other = people.unique("Acme"), people.unique("Bank")
    page = people.organiser(visitors)
    for name in (one, other):
        people.create_company(page, name, name[-6:])
    page.goto(f"/admin/companies/{people.number_of_company(visitors, one)}")
    people.live(page)
    swap = page.locator("#swap")
    field = swap.get_by_role("textbox")
    swap.locator("summary").click()
    expect(field).to_be_focused()
    field.fill("nobody")
    page.keyboard.press("Enter")
    expect(swap.locator(".refusal")).to_be_visible()
    field.fill(other)
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("voient le nouveau stand")
    expect(field).to_be_hidden()
    swap.locator("summary").click()
    expect(field).to_have_value("")
