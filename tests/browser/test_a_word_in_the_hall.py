"""The organisers ask for a word, which is said in the hall: somebody signs up with it and joins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.people import PASSWORD, company, join, organiser, unique


@contextmanager
def asked_for(boss: Page) -> Iterator[str]:
    """The word that is asked for meanwhile."""
    _choose(boss, "code")
    try:
        yield boss.locator(".said-word").inner_text()
    finally:
        _choose(boss, "open")


def _choose(boss: Page, mode: str) -> None:
    boss.goto("/admin/sign-up")
    boss.locator(f'input[name="sign_up"][value="{mode}"]').check()
    boss.get_by_role("button", name="Enregistrer").first.click()
    expect(boss.get_by_text("Enregistré").first).to_be_visible()


def test_somebody_in_the_hall_signs_up_with_the_word_and_joins(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    boss = organiser(visitors)
    person = visitors.visitor(PHONE)
    with asked_for(boss) as word:
        person.goto("/register")
        person.get_by_label("Prénom").fill("Zoé")
        person.get_by_label("Nom", exact=True).fill("Test")
        person.get_by_label("Adresse e-mail").fill(f"{unique('hall').replace(' ', '')}@x.example")
        send = person.locator("main button[type=submit]").first
        for typed in ("nothing", f" {word.upper()} "):
            person.get_by_label("Mot de passe").fill(PASSWORD)
            person.locator('input[name="code"]').fill(typed)
            send.click()
            if typed == "nothing":
                expect(person.locator("#code-error")).to_be_visible()
                expect(person.get_by_label("Prénom")).to_have_value("Zoé")
        expect(person).to_have_url("/dashboard")
    join(person, acme)
