"""The hall's screen is read from 10 m: on 55 inches no letter is seen under less than 15'."""

from __future__ import annotations

import math

from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.conftest import Visitors

DISTANCE_MM = 10_000
SCREEN_MM, SCREEN = 1218, {"width": 1920, "height": 1080}
LEAST_MM = DISTANCE_MM * math.tan(math.radians(15 / 60))
"""How high a capital letter has to be. ISO 9241-303 measures letters by their capitals."""

CAPITALS = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const heights = [];
  while (words.nextNode()) {
    const { textContent, parentElement: element } = words.currentNode;
    const hidden = element.closest(
      "script, template, [hidden], .visually-hidden, .skip-link, .sprite");
    if (!textContent.trim() || hidden || !element.checkVisibility()) continue;
    const { font } = getComputedStyle(element);
    canvas.font = font;
    heights.push([canvas.measureText("H").actualBoundingBoxAscent, textContent.trim()]);
  }
  return heights;
}"""


def screen_of(visitors: Visitors, **options: object) -> Page:
    organiser = people.organiser(visitors)
    organiser.goto("/admin/hall")
    organiser.locator("form[action='/admin/hall/link'] button").click()
    link = organiser.locator("input[value*='/hall/']").first.input_value()
    screen = visitors.visitor(SCREEN, **options)
    screen.goto(link)
    return screen


def test_the_smallest_letter_is_large_enough_at_10_m(visitors: Visitors) -> None:
    acme = people.unique("Acme")
    people.company(visitors, acme)
    number = people.number_of_company(visitors, acme)
    for name in ("Anne", "Maximilien-Alexandre"):
        people.waiting(visitors, name, number)
    screen = screen_of(visitors)
    expect(screen.locator(".hall-call").first).to_be_visible()
    millimetres = SCREEN_MM / SCREEN["width"]
    found = [(height * millimetres, words) for height, words in screen.evaluate(CAPITALS)]
    assert len(found) >= 4, found
    assert [each for each in found if each[0] < LEAST_MM] == []
    assert "?" not in screen.locator("body").inner_text()


def test_a_page_shows_whole_rows_and_all_pages_show_every_company(visitors: Visitors) -> None:
    names = {people.unique("Société Générale d'Ingénierie") for _ in range(9)}
    for name in names:
        people.company(visitors, name)
    screen = screen_of(visitors, reduced_motion="reduce")
    seen: set[str] = set()
    pages = screen.evaluate("pageTops().length")
    assert pages > 1
    for page in range(pages):
        screen.evaluate(f"openPage({page}, pageTops())")
        whole, cut = screen.evaluate(WHOLE)
        assert cut == [], f"page {page + 1}"
        assert whole, f"page {page + 1}"
        seen |= set(whole)
    assert names <= seen


def test_a_large_fair_is_laid_out_a_few_times_and_not_once_a_page(visitors: Visitors) -> None:
    people.company(visitors, people.unique("Acme"))
    screen = screen_of(visitors)
    devtools = screen.context.new_cdp_session(screen)
    devtools.send("Performance.enable")

    def layouts() -> float:
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return next(each["value"] for each in metrics if each["name"] == "LayoutCount")

    before = layouts()
    assert screen.evaluate(SHOW_MANY) > 50
    assert layouts() - before < 20


SHOW_MANY = """() => {
  const list = hallMain.querySelector(".hall-cards");
  for (let each = 0; each < 500; each++) list.append(list.firstElementChild.cloneNode(true));
  showNewCalls();
  return pageTops().length;
}"""

WHOLE = """() => {
  const { top, bottom } = hallMain.getBoundingClientRect();
  const clip = /inset\\(0px 0px ([\\d.]+)px/.exec(hallMain.style.clipPath);
  const end = bottom - parseFloat(clip?.[1] ?? 0);
  const whole = [], cut = [];
  for (const card of hallMain.querySelectorAll(".hall-card")) {
    const box = card.getBoundingClientRect();
    if (box.bottom <= top + 1 || box.top >= end - 1) continue;
    const inside = box.top >= top - 1 && box.bottom <= end + 1;
    (inside ? whole : cut).push(card.querySelector("h2").textContent);
  }
  return [whole, cut];
}"""
