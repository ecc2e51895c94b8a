"""A pushed row never moves what is under the finger: the page scrolls by as much instead."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.conftest import PHONE, TABLET, Visitors

NEAR_PX = 2
AS_IN_SAFARI = "document.documentElement.style.overflowAnchor = 'none'"
"""It keeps nothing in place by itself. Chromium does where the rows are the first thing in sight,
so that on a phone it needs no script of ours."""


def top_of(row: str, stand: Page) -> float:
    box = stand.locator("#waiting .row", has_text=row).bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.system
@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_rows_come_and_go_above_as_the_finger_is_about_to_tap(
    visitors: Visitors, size: dict[str, int]
) -> None:
    acme = people.unique("Acme")
    link = people.company(visitors, acme, slots=3)
    number = people.number_of_company(visitors, acme)
    first, *_ = [people.waiting(visitors, f"S{each}", number) for each in range(14)]
    stand = visitors.visitor(size)
    stand.goto(link)
    people.live(stand)
    stand.evaluate(AS_IN_SAFARI)
    stand.evaluate("scrollTo(0, 150)")
    third = stand.locator("#waiting .row", has_text="S2 Test")
    absent = third.get_by_role("button", name="Pas venu")
    absent.hover()
    before = top_of("S2 Test", stand)
    people.start(visitors, first)
    expect(stand.locator("#in-interview")).to_contain_text("S0 Test")
    expect(stand.locator("#waiting")).not_to_contain_text("S0 Test")
    assert abs(top_of("S2 Test", stand) - before) <= NEAR_PX
    people.say(people.organiser(visitors), "Un mot " * 30)
    expect(stand.locator("#messages")).to_contain_text("Un mot")
    assert abs(top_of("S2 Test", stand) - before) <= NEAR_PX
    # At once, without moving: what did not move acts.
    stand.mouse.down()
    stand.mouse.up()
    expect(third).to_contain_text("Mis de côté")
