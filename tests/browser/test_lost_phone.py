"""An organiser sets a second factor up, loses the phone, and goes on with a recovery code."""

from __future__ import annotations

import pyotp
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitors
from tests.browser.people import PASSWORD, organiser, unique

ACCOUNT = "/admin/account"


def colleague(visitors: Visitors, email: str) -> Page:
    """A second organiser, who has just come in by a link into the team."""
    team = organiser(visitors)
    team.goto("/admin/team")
    team.get_by_label("Adresse e-mail").fill(email)
    team.locator("input[name=role][value=admin]").check()
    team.get_by_role("button", name="Créer un lien").click()
    link = team.locator("#address").input_value()
    page = visitors.visitor(DESKTOP)
    page.goto(link)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url("/admin/")
    return page


def set_up(page: Page) -> list[str]:
    """Go through the page; returns the recovery codes."""
    page.goto(ACCOUNT)
    page.get_by_role("link", name="Le mettre en place").click()
    key = page.locator(".factor-key").inner_text().replace(" ", "")
    page.get_by_label("Les six chiffres").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="L'activer").click()
    return page.locator(".recovery-codes code").all_inner_texts()


def test_an_organiser_loses_their_phone(visitors: Visitors) -> None:
    email = f"{unique('lost').replace(' ', '')}@fair.example"
    page = colleague(visitors, email)
    first, second, *_others = set_up(page)
    page.get_by_role("link", name="C'est fait").click()
    expect(page).to_have_url(ACCOUNT)

    elsewhere = visitors.visitor(PHONE)
    elsewhere.goto("/login")
    elsewhere.get_by_label("Adresse e-mail").fill(email)
    elsewhere.get_by_label("Mot de passe").fill(PASSWORD)
    elsewhere.locator("main button[type=submit]").click()
    expect(elsewhere).to_have_url("/login/code")
    elsewhere.get_by_label("Code").fill("12 34 56")
    elsewhere.locator("main button[type=submit]").click()
    expect(elsewhere.locator("#code-error")).to_be_visible()
    elsewhere.get_by_label("Code").fill(first)
    elsewhere.locator("main button[type=submit]").click()
    expect(elsewhere).to_have_url("/admin/")

    elsewhere.goto(f"{ACCOUNT}/second-factor/off")
    elsewhere.get_by_label("Mot de passe").fill(PASSWORD)
    elsewhere.get_by_label("Code").fill(second)
    elsewhere.get_by_role("button", name="Le désactiver").click()
    expect(elsewhere).to_have_url(ACCOUNT)
    assert len(set_up(elsewhere)) == 10
