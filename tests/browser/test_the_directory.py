"""Finding a company, planning a day from home, and from a poster into a queue."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitors
from tests.browser.people import (
    COMPANIES,
    PASSWORD,
    company,
    join,
    live,
    student,
    unique,
)

MOST_TAPS = 3


def number_of(person: Page, company: str) -> str:
    """A company's id, as its row says it."""
    person.goto(f"/companies?q={company}")
    row = person.locator("#companies li.company").first
    return (row.get_attribute("id") or "").removeprefix("company-")


def test_from_a_poster_to_a_place_in_three_taps_and_the_form(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    bob = student(visitors, "Bob")
    number = number_of(bob, acme)
    person = visitors.visitor(PHONE)
    person.goto(f"/join/{number}")
    expect(live(person).get_by_role("heading", name=acme)).to_be_visible()
    expect(person.locator("#company")).to_contain_text("Personne", ignore_case=True)
    # Somebody joins meanwhile, and the page says so to who is not signed in.
    join(bob, acme)
    expect(person.locator("#company")).to_contain_text("1 en attente")
    taps = 0
    for tap in ("Créer un compte et rejoindre", "Créer un compte et rejoindre"):
        if person.get_by_label("Prénom").count():
            person.get_by_label("Adresse e-mail").fill(
                f"{unique('zoe').replace(' ', '')}@x.example"
            )
            person.get_by_label("Mot de passe").fill(PASSWORD)
            person.get_by_label("Prénom").fill("Zoé")
            person.get_by_label("Nom", exact=True).fill("Test")
        person.locator("main").get_by_text(tap, exact=True).click()
        taps += 1
    expect(person).to_have_url(f"/companies/{number}")
    expect(person.locator("#company")).to_contain_text("Inscrit en position 2")
    assert taps <= MOST_TAPS


def test_what_is_typed_and_chosen_stays_through_pushes_and_in_the_address(
    visitors: Visitors,
) -> None:
    acme, other = unique("Société Zénith"), unique("Autre")
    for name in (acme, other):
        company(visitors, name)
    alice = student(visitors, "Alice")
    alice.goto(COMPANIES)
    live(alice)
    alice.get_by_role("searchbox").press_sequentially(acme.lower().replace("é", "e"))
    rows = alice.locator("#companies li.company")
    expect(rows).to_have_count(1)
    expect(alice).to_have_url(re.compile(r"/companies\?q=societe"))
    live(alice)
    bob = student(visitors, "Bob")
    join(bob, other)
    join(bob, acme)
    expect(rows).to_contain_text("1 en attente")
    expect(rows).to_have_count(1)
    expect(alice.get_by_role("searchbox")).to_be_focused()
    alice.get_by_role("checkbox", name=re.compile("Attente")).check()
    expect(alice.locator("#companies")).to_contain_text("Aucune entreprise")
    alice.reload()
    expect(alice.get_by_role("checkbox", name=re.compile("Attente"))).to_be_checked()
    expect(alice.locator("#companies")).to_contain_text("Aucune entreprise")


def test_a_day_is_planned_from_home(visitors: Visitors) -> None:
    acme = unique("Acme")
    company(visitors, acme)
    alice = student(visitors, "Alice")
    alice.goto(f"/companies?q={acme}")
    live(alice)
    star = alice.get_by_role("button", name=f"Favori : {acme}")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    # Entered twice, it would be taken back: the focus stays near it.
    expect(alice.locator("section:focus")).to_have_count(1)
    alice.get_by_role("link", name="Ma journée").click()
    day = live(alice).locator("#day")
    expect(day).to_contain_text("Personne n'attend en ce moment")
    join(student(visitors, "Bob"), acme)
    expect(day).not_to_contain_text("Personne n'attend en ce moment")
    expect(day).to_contain_text("Mes autres favoris")
    day.get_by_role("button", name="Rejoindre la file").click()
    expect(day).to_contain_text("Inscrit en position 2")
