"""A call comes first: messages that stand never push its next step out of reach."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.people import (
    create_company,
    join,
    live,
    number_of_company,
    organiser,
    pause,
    student,
    turn,
    unique,
    waiting,
)
from tests.browser.test_every_page import AXE, WCAG

pytestmark = pytest.mark.system

SIZES = [PHONE, {"width": 320, "height": 640}, {"width": 320, "height": 568}]
STEPS = {
    "fr": ("J'y vais", "Je suis sur place, commencer"),
    "en": ("I'm on my way", "I'm there: start"),
}
MESSAGES = (
    "La conférence « Bien choisir son alternance » commence dans dix minutes en salle 2.",
    "Le vestiaire ferme à 18 h : pensez à reprendre vos affaires.",
)
IN_REACH = """part => {
    const {left, right, top, bottom} = part.getBoundingClientRect();
    const middle = (left + right) / 2;
    const spots = [[middle, top + 1], [middle, bottom - 1], [left + 1, (top + bottom) / 2]];
    return spots.every(([x, y]) => part.contains(document.elementFromPoint(x, y)));
}"""
"""Wherever a finger comes down on it, it meets it: it is on the screen, and nothing covers it."""


class Fair:
    """Alice waits behind one person at some stands, and looks at her phone."""

    def __init__(self, visitors: Visitors, stands: int = 1) -> None:
        self._visitors = visitors
        self.companies = [unique("Observatoire Météorologique") for _ in range(stands)]
        self._organiser = organiser(visitors)
        for number, name in enumerate(self.companies):
            create_company(self._organiser, name, f"B1{number}", "Grand hall, allée des énergies")
        numbers = [number_of_company(visitors, name) for name in self.companies]
        self._ahead = waiting(visitors, "Ahead", *numbers)
        self.phone = student(visitors, "Alice")
        for name in self.companies:
            join(self.phone, name)
        self.phone.goto("/dashboard")
        live(self.phone)

    def speak(self, *texts: str) -> None:
        """The organiser says something to those who wait there, and to no other test's people."""
        page = self._organiser
        for text in texts:
            page.goto("/admin/messages")
            page.get_by_label("Entreprise").press_sequentially(self.companies[0])
            page.get_by_label("Message", exact=True).fill(text)
            page.get_by_role("button", name="Envoyer").click()
            expect(page.get_by_text("2 étudiants le reçoivent")).to_be_visible()
            page.get_by_role("button", name="Envoyer").click()
            expect(page.locator("#sent")).to_contain_text(text)
        expect(self.phone.locator("#messages .strip-text")).to_have_count(len(texts))

    def call(self) -> None:
        """Who is ahead takes a break, and Alice is called."""
        pause(self._visitors, self._ahead)
        for name in self.companies:
            expect(turn(self.phone, name)).to_be_visible()

    def wrong(self, step: str) -> list[str]:
        """At which sizes the calls do not come first, or the next step is not in reach."""
        found = []
        for size in SIZES:
            self.phone.set_viewport_size(size)
            self.phone.evaluate("scrollTo(0, 0)")
            # What has just come rests for a moment, and is met by no finger.
            expect(self.phone.locator("[data-settling]")).to_have_count(0)
            first, last = (turn(self.phone, self.companies[each]) for each in (0, -1))
            if bottom_of(last) > top_of(self.phone.locator("#messages")):
                found.append(f"{size}: the messages come first")
            bar = self.phone.locator(".tabs a").all()
            for name, part in [(step, _next(first, step)), *(("the bar", tab) for tab in bar)]:
                if not part.evaluate(IN_REACH):
                    found.append(f"{size}: {name} is out of reach")
        return found


def top_of(part: Locator) -> float:
    return float(part.evaluate("part => part.getBoundingClientRect().top"))


def bottom_of(part: Locator) -> float:
    return float(part.evaluate("part => part.getBoundingClientRect().bottom"))


def _next(card: Locator, step: str) -> Locator:
    button = card.get_by_role("button", name=step)
    expect(button).to_have_class("button button-primary")
    return button


def speak_in(phone: Page, language: str) -> None:
    phone.locator(f".language [value={language}]").click()
    expect(phone.locator("html")).to_have_attribute("lang", language)
    live(phone)


@pytest.mark.parametrize("called_first", [False, True], ids=["messages first", "call first"])
def test_a_call_comes_before_two_messages(visitors: Visitors, called_first: bool) -> None:
    fair = Fair(visitors)
    if called_first:
        fair.call()
    fair.speak(*MESSAGES)
    if not called_first:
        fair.call()
    wrong = fair.wrong(STEPS["fr"][0])
    speak_in(fair.phone, "en")
    wrong += fair.wrong(STEPS["en"][0])
    card = turn(fair.phone, fair.companies[0])
    _next(card, STEPS["en"][0]).click()
    expect(card.locator(".turn-coming")).to_be_visible()
    wrong += fair.wrong(STEPS["en"][1])
    fair.phone.get_by_role("button", name="Close this message").click()
    speak_in(fair.phone, "fr")
    assert wrong + fair.wrong(STEPS["fr"][1]) == []
    fair.phone.evaluate(AXE_SCRIPT)
    assert fair.phone.evaluate(AXE, WCAG) == []


@pytest.mark.parametrize("called_first", [False, True], ids=["message first", "calls first"])
def test_three_calls_come_before_a_message(visitors: Visitors, called_first: bool) -> None:
    fair = Fair(visitors, stands=3)
    if called_first:
        fair.call()
    fair.speak(MESSAGES[0])
    if not called_first:
        fair.call()
    assert fair.wrong(STEPS["fr"][0]) == []
