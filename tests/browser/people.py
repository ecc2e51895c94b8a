"""What people do on the pages, said once."""

from __future__ import annotations

from itertools import count
from time import monotonic

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ADMIN, DESKTOP, PHONE, TABLET, Visitors

LIVE_WITHIN_SECONDS = 8

_numbers = count(1)


def unique(word: str) -> str:
    """A name that no other test uses."""
    return f"{word} {next(_numbers)}"


def student(visitors: Visitors, first_name: str, **options: object) -> Page:
    """Somebody registers on a phone and is on their dashboard."""
    page = visitors.visitor(PHONE, **options)
    page.goto("/register")
    page.get_by_label("Adresse e-mail").fill(f"{first_name.lower()}{next(_numbers)}@fair.example")
    page.get_by_label("Mot de passe").fill("a-good-password")
    page.get_by_label("Prénom").fill(first_name)
    page.get_by_label("Nom", exact=True).fill("Test")
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url("/dashboard")
    return page


def organiser(visitors: Visitors, **options: object) -> Page:
    """The organiser signs in on a desktop and is on the overview."""
    page = visitors.visitor(DESKTOP, **options)
    page.goto("/login")
    page.get_by_label("Adresse e-mail").fill(ADMIN[0])
    page.get_by_label("Mot de passe").fill(ADMIN[1])
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url("/admin/")
    return page


def create_company(organiser: Page, name: str) -> str:
    """The organiser creates a company; gives back its link."""
    organiser.goto("/admin/companies/new")
    organiser.get_by_label("Nom", exact=True).fill(name)
    organiser.locator("main button[type=submit]").click()
    return organiser.get_by_label("Lien du stand").input_value()


def stand(visitors: Visitors, link: str, **options: object) -> Page:
    """A recruiter opens the link on a tablet."""
    page = visitors.visitor(TABLET, **options)
    accept_questions(page)
    page.goto(link)
    return page


def join(page: Page, company: str) -> None:
    """A student joins a company's queue from the list."""
    page.goto("/companies")
    card = page.locator("#companies li", has=page.get_by_role("heading", name=company, exact=True))
    card.get_by_role("button", name="Rejoindre la file").click()
    expect(page.locator("#toasts")).to_contain_text("Inscrit en position")


def say(organiser: Page, text: str) -> None:
    """The organiser says something to everyone."""
    organiser.goto("/admin/messages")
    organiser.get_by_label("Message", exact=True).fill(text)
    organiser.get_by_role("button", name="Envoyer").click()
    expect(organiser.locator("#sent")).to_contain_text(text)


def live(page: Page) -> Page:
    """Wait until the page's stream is open, so that what follows is pushed, not loaded."""
    # Not wait_for_function, which evaluates a string in the page: the policy forbids that.
    deadline = monotonic() + LIVE_WITHIN_SECONDS
    while not page.evaluate("lostAt === null"):
        assert monotonic() < deadline, "the page's stream did not open"
        page.wait_for_timeout(50)
    return page


def turn(page: Page, company: str) -> Locator:
    """The card that calls a student to a company."""
    return page.locator("#turns article", has=page.get_by_role("heading", name=company))


def place(page: Page, company: str) -> Locator:
    """A student's card of a company whose queue they wait in."""
    return page.locator("#queues li", has=page.get_by_role("heading", name=company))


def accept_questions(page: Page) -> None:
    """Say yes whenever the page asks whether one is sure."""
    page.on("dialog", lambda dialog: dialog.accept())
