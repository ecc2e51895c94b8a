"""Two tablets of one stand see who pressed what; a single one sees nothing of it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitors
from tests.browser.people import company, live, number_of_company, stand, unique, waiting


def test_two_tablets_see_who_pressed_what(visitors: Visitors) -> None:
    acme = unique("Acme")
    link = company(visitors, acme, slots=2)
    number = number_of_company(visitors, acme)
    waiting(visitors, "Zoe", number)
    first = live(stand(visitors, link))
    second = live(stand(visitors, link))
    expect(second.locator(".top")).to_contain_text("Cette tablette : B")
    expect(second.locator(".this-device")).to_be_visible()
    _start(second, "Zoe")
    expect(first.locator(".this-device")).to_be_visible()
    expect(first.locator(".this-device")).to_have_text("Cette tablette : A")
    expect(first.locator("#toasts")).to_contain_text("Tablette B : entretien avec Zoe Test démarré")
    running = first.locator("#in-interview")
    expect(running.locator(".take-back")).to_contain_text("Démarré sur la tablette B")
    expect(second.locator("#toasts")).not_to_contain_text("Tablette B :")
    running.get_by_role("button", name=re.compile("Terminer l'entretien")).click()
    expect(second.locator("#toasts")).to_contain_text(
        "Tablette A : entretien avec Zoe Test terminé"
    )
    expect(second.locator("#undo")).to_contain_text("Tablette A")


def test_a_single_tablet_sees_nothing_of_it(visitors: Visitors) -> None:
    acme = unique("Acme")
    link = company(visitors, acme)
    waiting(visitors, "Yann", number_of_company(visitors, acme))
    only = live(stand(visitors, link))
    _start(only, "Yann")
    expect(only.locator(".this-device")).to_be_hidden()
    expect(only.locator(".take-back")).to_contain_text("Annuler le démarrage")
    expect(only.locator("body")).not_to_contain_text(re.compile("tablette [A-Z]", re.IGNORECASE))


def _start(tablet: Page, name: str) -> None:
    called = tablet.locator("#waiting .row", has_text=name)
    called.get_by_role("button", name=re.compile("^Commencer")).click()
    expect(tablet.locator("#in-interview")).to_contain_text(name)
