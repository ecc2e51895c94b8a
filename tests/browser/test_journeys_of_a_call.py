"""What students do when they are called, tap by tap: no journey takes more than it has to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitors
from tests.browser.people import (
    accept_questions,
    company,
    join,
    live,
    place,
    stand,
    student,
    turn,
    unique,
)


class Taps:
    """One person's phone, and how often it was tapped."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def tap(self, where: Locator, name: str) -> None:
        where.get_by_role("button", name=name).click()
        self.count += 1


@pytest.fixture
def alice(visitors: Visitors) -> Taps:
    return Taps(student(visitors, "Alice"))


def called(visitors: Visitors, alice: Taps) -> tuple[str, str]:
    """Alice is called to a new stand, and looks at her calls; returns its name and link."""
    name = unique("Acme")
    link = company(visitors, name)
    join(alice.page, name)
    alice.page.goto("/dashboard")
    expect(turn(live(alice.page), name)).to_be_visible()
    return name, link


def test_called_across_the_hall(visitors: Visitors, alice: Taps) -> None:
    """She says that she goes there, the stand knows, and there she starts: two taps."""
    name, link = called(visitors, alice)
    tablet = live(stand(visitors, link))
    card = turn(alice.page, name)
    first = card.get_by_role("button").first
    expect(first).to_contain_text("J'y vais")
    expect(first).to_have_class("button button-primary")
    alice.tap(card, "J'y vais")
    expect(tablet.locator("#waiting")).to_contain_text("Arrive")
    expect(card).to_contain_text("Le stand sait que vous arrivez")
    alice.tap(card, "Je suis sur place, commencer")
    expect(alice.page.locator("#running")).to_contain_text(name)
    assert alice.count == 2


def test_a_wrong_start_taken_back(visitors: Visitors, alice: Taps) -> None:
    """Two taps, the wrong one and the one that takes it back; the call is there again."""
    name, link = called(visitors, alice)
    tablet = live(stand(visitors, link))
    alice.tap(turn(alice.page, name), "Je suis sur place, commencer")
    expect(tablet.locator("#in-interview")).to_contain_text("Alice Test")
    alice.tap(alice.page.locator("#running"), "Annuler le démarrage")
    expect(turn(alice.page, name)).to_be_visible()
    expect(tablet.locator("#in-interview")).not_to_contain_text("Alice Test")
    expect(tablet.locator("#waiting")).to_contain_text("Appel en cours")
    assert alice.count == 2


def test_two_stands_call_at_once(visitors: Visitors, alice: Taps) -> None:
    """One tap each for where she goes and that she is there; a second thought costs one more."""
    accept_questions(alice.page)
    first, _ = called(visitors, alice)
    second, _ = called(visitors, alice)
    alice.page.goto("/profile")
    expect(alice.page.locator("#turns .turn-slim")).to_have_count(1)
    expect(alice.page.locator("#turns")).to_contain_text("1 autre stand")
    alice.page.locator("#turns a").click()
    live(alice.page)
    alice.tap(turn(alice.page, first), "J'y vais")
    expect(turn(alice.page, first)).to_contain_text("Le stand sait")
    alice.tap(turn(alice.page, second), "J'y vais")
    expect(turn(alice.page, second)).to_contain_text("Le stand sait")
    expect(turn(alice.page, first)).not_to_contain_text("Le stand sait")
    alice.tap(turn(alice.page, second), "Je suis sur place, commencer")
    expect(alice.page.locator("#running")).to_contain_text(second)
    assert alice.count == 3


def test_a_passed_turn_resumed(visitors: Visitors, alice: Taps) -> None:
    """One tap lets the others go first, one more and she is called again."""
    name, _ = called(visitors, alice)
    alice.tap(turn(alice.page, name), "Passe mon tour")
    expect(turn(alice.page, name)).to_be_hidden()
    alice.tap(place(alice.page, name), "Je suis là")
    expect(turn(alice.page, name)).to_be_visible()
    assert alice.count == 2
