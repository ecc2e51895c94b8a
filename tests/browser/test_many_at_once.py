"""Many of a list are ticked at once, and what acts on them is in reach at once."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import PHONE, Visitors


def test_what_is_ticked_is_counted_and_acted_on_from_where_one_is(visitors: Visitors) -> None:
    named = people.unique("Acme")
    for number in range(3):
        people.company(visitors, f"{named} {number}")
    page = people.organiser(visitors)
    page.set_viewport_size(PHONE)
    page.goto(f"/admin/companies?q={named}")
    bar, count = page.locator("#many"), page.locator("[data-ticked]")
    go = bar.get_by_role("button", name="Continuer…")
    rows = page.locator('input[name="company"]')
    expect(count).to_be_hidden()
    rows.first.check()
    expect(count).to_have_text("1")
    page.evaluate("scrollTo(0, 0)")
    expect(go).to_be_in_viewport(ratio=1)
    page.get_by_role("checkbox", name="Cocher toute la page").check()
    expect(count).to_have_text("3")
    every = page.locator('input[name="all"]')
    every.check()
    rows.first.uncheck()
    expect(every).not_to_be_checked()
    expect(count).to_have_text("2")
    every.check()
    expect(page.locator('input[name="company"]:checked')).to_have_count(3)
    bar.get_by_role("combobox").select_option("pause")
    expect(every).to_be_checked()
    go.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 entreprises")
