"""The same fair with JavaScript off: every form posts, redirects and shows the page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    Visitors,
)
from tests.browser.people import (
    create_company,
    join,
    organiser,
    place,
    register,
    sign_in,
    stand,
    student,
    turn,
    unique,
)


def test_the_whole_journey(visitors: Visitors) -> None:
    acme = unique("Acme")
    admin = sign_in(visitors.visitor(DESKTOP, java_script_enabled=False))
    tablet = stand(visitors, create_company(admin, acme), java_script_enabled=False)
    alice = register(visitors.visitor(PHONE, java_script_enabled=False), "Alice")
    bob = student(visitors, "Bob", java_script_enabled=False)
    join(alice, acme)
    join(bob, acme)

    alice.goto("/dashboard")
    turn(alice, acme).get_by_role("button", name="Commencer").click()
    expect(alice).to_have_url("/dashboard")
    expect(alice.locator("#running")).to_contain_text(acme)

    tablet.reload()
    tablet.locator("#in-interview").get_by_role("button", name="Terminer").click()
    expect(tablet.locator("#completed")).to_contain_text("Alice Test")
    bob.goto("/dashboard")
    expect(turn(bob, acme)).to_be_visible()

    tablet.locator("#waiting").get_by_role("button", name="Pas venu").click()
    expect(tablet.locator("#waiting")).to_contain_text("Mis de côté")
    bob.reload()
    place(bob, acme).get_by_role("button", name="Je suis là").click()
    expect(turn(bob, acme)).to_be_visible()

    alice.reload()
    alice.get_by_role("button", name="Repasser disponible").click()
    expect(alice.locator("#status")).to_contain_text("Disponible")


def test_a_refusal_stands_beside_what_was_refused(visitors: Visitors) -> None:
    acme, other = unique("Acme"), unique("Other")
    admin = organiser(visitors, java_script_enabled=False)
    create_company(admin, other)
    tablet = stand(visitors, create_company(admin, acme), java_script_enabled=False)
    alice = student(visitors, "Alice", java_script_enabled=False)
    join(alice, acme)
    alice.goto("/dashboard")
    tablet.get_by_role("button", name="Faire une pause").click()
    turn(alice, acme).get_by_role("button", name="Commencer").click()
    expect(place(alice, acme).locator(".refusal")).to_contain_text("Entreprise en pause")
    assert_no_refusal_after_reload(alice, acme)


def assert_no_refusal_after_reload(page: Page, company: str) -> None:
    page.reload()
    expect(place(page, company).locator(".refusal")).to_have_count(0)
